package dev.serai.adapters.dialects.openai.relay;

import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.adapters.dialects.request.RequestNames;
import dev.serai.adapters.dialects.request.RoutingFields;
import dev.serai.adapters.dialects.translation.RequestFields;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.form.FormScanner;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.request.Operation;
import dev.serai.core.request.RelayRequest;
import dev.serai.core.routing.RoutingCriteria;
import dev.serai.core.surface.RelaySurface;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the requests under {@code /v1} that are forwarded: {@code images}, {@code audio}, {@code
 * moderations}, {@code rerank}, {@code files} and {@code batches}. A client may choose the provider
 * by the model's prefix, by the header {@code x-serai-provider} or by the query parameter {@code
 * provider}, which is not forwarded. Thread-safe.
 */
public final class OpenAiRelaySurface implements RelaySurface {
  private static final String ROOT = "/v1";
  private static final String FORM = "multipart/form-data";
  private static final String MODEL = "model";
  private static final String STREAM = "stream";
  private static final byte[] NOTHING = {};
  private static final Set<String> WANTED = Set.of(MODEL, STREAM);
  private static final String[] FORWARDED = {
    "content-type", "accept", "openai-beta", "idempotency-key"
  };

  @Override
  public RelayRequest readRequest(InboundRequest inbound) {
    String path = inbound.path().substring(ROOT.length());
    RelayQuery query = RelayQuery.of(inbound.query());
    Optional<InboundRequest.ArrivingForm> arriving = inbound.form();
    Body body = arriving.isPresent() ? form(arriving.get().parts(), NOTHING) : body(inbound);
    OpenAiRelayRequest.Head head =
        new OpenAiRelayRequest.Head(
            operation(path),
            inbound.method(),
            query.isEmpty() ? path : path + "?" + query.text(),
            inbound.headers().first("x-serai-provider").or(query::provider),
            body.streaming || arriving.isPresent() || mayBeLarge(inbound.method(), path),
            body.routing);
    return arriving.isPresent()
        ? new OpenAiRelayRequest(head, fields(inbound), arriving.get().upload(), body.name)
        : new OpenAiRelayRequest(head, fields(inbound), body.bytes, body.name);
  }

  @Override
  public Optional<FormScanner> scanner(String path, String contentType) {
    boolean relayed = path.startsWith("/v1/audio/") || path.startsWith("/v1/images/");
    boolean file = path.startsWith("/v1/files");
    return (relayed || file) && isForm(contentType)
        ? Optional.of(new FormScanner(contentType, WANTED, file ? Set.of() : Set.of(MODEL)))
        : Optional.empty();
  }

  private static boolean isForm(String contentType) {
    return contentType.regionMatches(true, 0, FORM, 0, FORM.length());
  }

  private static Operation operation(String path) {
    int end = path.indexOf('/', 1);
    String first = path.substring(1, end < 0 ? path.length() : end);
    return switch (first) {
      case "images" -> Operation.IMAGES;
      case "audio" -> Operation.AUDIO;
      case "moderations" -> Operation.MODERATIONS;
      case "rerank" -> Operation.RERANK;
      case "files" -> Operation.FILES;
      case "batches" -> Operation.BATCHES;
      default -> throw new IllegalStateException("no route leads here for: " + first);
    };
  }

  /** Whether the reply may be too large to buffer: images, audio, files. */
  private static boolean mayBeLarge(String method, String path) {
    return path.startsWith("/images/")
        || path.equals("/audio/speech")
        || (method.equals("GET") && path.startsWith("/files/") && path.endsWith("/content"));
  }

  private static HeaderFields fields(InboundRequest inbound) {
    HeaderFields fields = new HeaderFields();
    for (String name : FORWARDED) {
      inbound.headers().first(name).ifPresent(value -> fields.add(name, value));
    }
    return fields;
  }

  /**
   * What is read of a body.
   *
   * @param bytes those that are forwarded
   */
  private record Body(ModelName name, boolean streaming, byte[] bytes, RoutingCriteria routing) {}

  private static Body body(InboundRequest inbound) {
    byte[] bytes = inbound.body();
    if (bytes.length == 0) {
      return new Body(ModelName.NONE, false, bytes, RoutingCriteria.NONE);
    }
    String type = inbound.headers().first("content-type").orElse("application/json");
    if (isForm(type)) {
      FormScanner parts = new FormScanner(type, WANTED, Set.of());
      parts.read(bytes);
      parts.faultAtEnd().ifPresent(OpenAiRelaySurface::refuse);
      return form(parts, bytes);
    }
    if (type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
      return json(bytes);
    }
    throw new CallerProblem(
        415,
        "unsupported_media_type",
        "Send application/json or multipart/form-data.",
        Optional.empty());
  }

  private static Body json(byte[] bytes) {
    JsonMembers members = JsonMembers.ofRequest(bytes);
    RoutingCriteria routing = RoutingFields.of(members);
    int stream = members.find(STREAM);
    boolean streaming = stream >= 0 && members.kind(stream) == 't';
    int model = members.find(MODEL);
    if (model < 0 || members.kind(model) == 'n') {
      return new Body(ModelName.NONE, streaming, members.bytes(), routing);
    }
    if (members.kind(model) != '"') {
      throw RequestFields.wrong(MODEL, "a string");
    }
    String name = RequestNames.valid(MODEL, members.text(model));
    return new Body(
        new ModelName(name, members.valueStart(model), members.valueEnd(model), true),
        streaming,
        members.bytes(),
        routing);
  }

  private static Body form(FormScanner parts, byte[] bytes) {
    parts.fault().ifPresent(OpenAiRelaySurface::refuse);
    boolean streaming = parts.find(STREAM).filter(part -> part.text().equals("true")).isPresent();
    return new Body(
        parts.find(MODEL).map(OpenAiRelaySurface::name).orElse(ModelName.NONE),
        streaming,
        bytes,
        RoutingCriteria.NONE);
  }

  private static ModelName name(FormScanner.Part part) {
    return new ModelName(
        RequestNames.valid(MODEL, part.text()),
        Math.toIntExact(part.from()),
        Math.toIntExact(part.to()),
        false);
  }

  private static void refuse(GatewayProblem problem) {
    throw problem;
  }
}
