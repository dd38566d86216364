package dev.serai.adapters.dialects.openai;

import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.adapters.dialects.translation.ModelList;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.Usage;
import dev.serai.core.dialect.Destination;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.dialect.EmbeddingDialect;
import dev.serai.core.dialect.ModelQuery;
import dev.serai.core.dialect.RelayDialect;
import dev.serai.core.dialect.StreamReader;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Headers;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.request.ChatRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Chat completions as OpenAI and the many who follow it speak them: Azure, DeepSeek, Qwen, Mistral,
 * Groq, OpenRouter, xAI, Together, Fireworks, Cohere, vLLM, llama.cpp, LM Studio. Where they depart
 * from it, a provider's quirk flags say so: {@link #quirks}, explained in docs/quirks.md.
 *
 * <p>A caller of the same dialect gets through byte by byte: his request is spliced, the answer
 * relayed. Thread-safe.
 */
public final class OpenAiDialect implements Dialect {
  /** The name in settings and routes. */
  public static final String NAME = "openai";

  private static final String PATH = "/chat/completions";
  private static final String COMPLETIONS = "/completions";
  private static final Optional<RelayDialect> RELAY = Optional.of(new OpenAiRelay());

  private static final Optional<EmbeddingDialect> EMBEDDINGS = Optional.of(new OpenAiEmbeddings());

  private final Optional<Dialect> responses;

  /** Chat completions and nothing else. */
  public OpenAiDialect() {
    this.responses = Optional.empty();
  }

  /**
   * @param responses the dialect of the other API, which some providers have too or only
   */
  public OpenAiDialect(Dialect responses) {
    this.responses = Optional.of(responses);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Set<String> quirks() {
    return Quirk.FLAGS;
  }

  /** Beside its flags {@code api-version-} and a version, such as 2024-10-21. */
  @Override
  public boolean supportsQuirk(String quirk) {
    return Quirk.FLAGS.contains(quirk) || Quirk.namesApiVersion(quirk);
  }

  /** Completions too, but where a provider has none. */
  @Override
  public boolean canRelay(ChatRequest request, Destination destination) {
    return request.dialect().equals(NAME)
        || (request instanceof CompletionRequest && !Quirk.NO_COMPLETIONS.of(destination));
  }

  @Override
  public Dialect choose(ChatRequest request, Destination destination) {
    boolean other =
        Quirk.RESPONSES.of(destination)
                && asksForIt(request)
                && Quirk.apiVersion(destination).isEmpty()
            || Quirk.RESPONSES_ONLY.of(destination);
    return other ? responses.orElse(this) : this;
  }

  private boolean asksForIt(ChatRequest request) {
    return responses.isPresent() && request.dialect().equals(responses.get().name());
  }

  @Override
  public ProviderRequest writeRequest(ChatRequest request, Destination destination) {
    if (request instanceof CompletionRequest completion) {
      return completion(completion, destination);
    }
    if (request.dialect().equals(NAME)) {
      OpenAiRequest own = own(request);
      return own.members().found()
          ? cleaned(own, destination)
          : spliced(own, destination, List.of());
    }
    RequestRenderer renderer = new RequestRenderer(request, destination);
    byte[] body = renderer.write();
    return chat(body, request.streaming(), destination, renderer.dropped());
  }

  private static ProviderRequest cleaned(OpenAiRequest own, Destination destination) {
    DroppedFields lost = new DroppedFields();
    return spliced(CarrierRemoval.clean(own, lost), destination, lost.names());
  }

  private static ProviderRequest spliced(
      OpenAiRequest own, Destination destination, List<String> lost) {
    RequestSplicer splicer = new RequestSplicer(own, destination);
    byte[] body = splicer.write();
    List<String> dropped = splicer.dropped();
    if (!lost.isEmpty()) {
      dropped = new ArrayList<>(dropped);
      dropped.addAll(lost);
    }
    return chat(body, own.streaming(), destination, dropped);
  }

  private static ProviderRequest chat(
      byte[] body, boolean streaming, Destination destination, List<String> dropped) {
    return new ProviderRequest(
        "POST", path(destination, PATH), headers(destination, streaming), body, streaming, dropped);
  }

  /** Azure's dated form has the deployment, which is the model, in the path. */
  static String path(Destination destination, String path) {
    Optional<String> version = Quirk.apiVersion(destination);
    if (version.isEmpty()) {
      return path;
    }
    String model =
        URLEncoder.encode(destination.model(), StandardCharsets.UTF_8).replace("+", "%20");
    return (model.isEmpty() ? "" : "/deployments/" + model)
        + path
        + (path.indexOf('?') < 0 ? "?" : "&")
        + "api-version="
        + version.get();
  }

  private static ProviderRequest completion(CompletionRequest request, Destination destination) {
    boolean chats = Quirk.NO_COMPLETIONS.of(destination);
    RequestSplicer splicer =
        new RequestSplicer(chats ? request.asChat() : request.own(), destination);
    byte[] body = splicer.write();
    List<String> dropped = new ArrayList<>(splicer.dropped());
    if (chats) {
      dropped.addAll(request.lostAsChat());
    }
    boolean streaming = request.streaming();
    return new ProviderRequest(
        "POST",
        path(destination, chats ? PATH : COMPLETIONS),
        headers(destination, streaming),
        body,
        streaming,
        dropped);
  }

  private static OpenAiRequest own(ChatRequest request) {
    return request instanceof OpenAiRequest own ? own : RequestReader.read(request.bytes());
  }

  /** An error where a part of an answer should be, in the shape that both APIs have. */
  public static ProviderProblem failureInside(
      byte[] data, int from, int to, Destination destination) {
    return FailureReader.inside(destination, data, from, to);
  }

  /** The header fields of a request, the key in the way the provider takes it. */
  public static HeaderFields headers(Destination destination, boolean streaming) {
    HeaderFields headers =
        new HeaderFields()
            .add("content-type", "application/json")
            .add("accept", streaming ? "text/event-stream" : "application/json");
    return withKey(headers, destination);
  }

  /** The fields and the gateway's key, in the way the provider takes it. */
  static HeaderFields withKey(HeaderFields headers, Destination destination) {
    if (destination.key().isPresent()) {
      String key = destination.key().get();
      if (Quirk.API_KEY_HEADER.of(destination)) {
        headers.add("api-key", key);
      } else {
        headers.add("authorization", "Bearer " + key);
      }
    }
    return headers;
  }

  @Override
  public ChatResponse readResponse(byte[] body, Destination destination) {
    return ResponseReader.read(body, destination);
  }

  @Override
  public Optional<Usage> readUsage(byte[] body, Destination destination) {
    try {
      WholeAnswer whole = WholeAnswer.of(body);
      if (whole.error()) {
        throw FailureReader.inside(destination, body, 0, body.length);
      }
      if (!whole.choices()) {
        throw Garbled.noAnswer(destination.provider());
      }
      return whole.usage();
    } catch (MalformedInput e) {
      throw Garbled.at(destination.provider(), e);
    }
  }

  @Override
  public ProviderProblem readError(
      int status, Headers headers, byte[] body, Destination destination) {
    return FailureReader.read(status, headers, body, destination);
  }

  @Override
  public Optional<RelayDialect> relay() {
    return RELAY;
  }

  @Override
  public Optional<EmbeddingDialect> embeddings() {
    return EMBEDDINGS;
  }

  @Override
  public StreamReader streamReader(ChatRequest request, Destination destination, boolean relay) {
    return relay
        ? new RelayReader(destination, request.wantsUsage())
        : new DecodingReader(destination);
  }

  @Override
  public Optional<ModelQuery> modelQuery(Destination destination) {
    return Quirk.NO_MODEL_LIST.of(destination)
        ? Optional.empty()
        : Optional.of(
            ModelList.query("/models", withKey(new HeaderFields(), destination), destination));
  }
}
