package dev.serai.adapters.dialects.openai;

import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.adapters.dialects.translation.ModelList;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.Usage;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.dialect.EmbeddingDialect;
import dev.serai.core.dialect.ModelQuery;
import dev.serai.core.dialect.RelayDialect;
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
  public boolean knows(String quirk) {
    return Quirk.FLAGS.contains(quirk) || Quirk.namesApiVersion(quirk);
  }

  /** Completions too, but where a provider has none. */
  @Override
  public boolean relays(ChatRequest request, Target target) {
    return request.dialect().equals(NAME)
        || (request instanceof CompletionRequest && !Quirk.NO_COMPLETIONS.of(target));
  }

  @Override
  public Dialect choose(ChatRequest request, Target target) {
    boolean other =
        Quirk.RESPONSES.of(target) && asksForIt(request) && Quirk.apiVersion(target).isEmpty()
            || Quirk.RESPONSES_ONLY.of(target);
    return other ? responses.orElse(this) : this;
  }

  private boolean asksForIt(ChatRequest request) {
    return responses.isPresent() && request.dialect().equals(responses.get().name());
  }

  @Override
  public ProviderRequest writeRequest(ChatRequest request, Target target) {
    if (request instanceof CompletionRequest completion) {
      return completion(completion, target);
    }
    if (request.dialect().equals(NAME)) {
      OpenAiRequest own = own(request);
      return own.members().found() ? cleaned(own, target) : spliced(own, target, List.of());
    }
    RequestRenderer renderer = new RequestRenderer(request, target);
    byte[] body = renderer.write();
    return chat(body, request.streaming(), target, renderer.dropped());
  }

  private static ProviderRequest cleaned(OpenAiRequest own, Target target) {
    DroppedFields lost = new DroppedFields();
    return spliced(CarrierRemoval.clean(own, lost), target, lost.names());
  }

  private static ProviderRequest spliced(OpenAiRequest own, Target target, List<String> lost) {
    RequestSplicer splicer = new RequestSplicer(own, target);
    byte[] body = splicer.write();
    List<String> dropped = splicer.dropped();
    if (!lost.isEmpty()) {
      dropped = new ArrayList<>(dropped);
      dropped.addAll(lost);
    }
    return chat(body, own.streaming(), target, dropped);
  }

  private static ProviderRequest chat(
      byte[] body, boolean streaming, Target target, List<String> dropped) {
    return new ProviderRequest(
        "POST", path(target, PATH), headers(target, streaming), body, streaming, dropped);
  }

  /** Azure's dated form has the deployment, which is the model, in the path. */
  static String path(Target target, String path) {
    Optional<String> version = Quirk.apiVersion(target);
    if (version.isEmpty()) {
      return path;
    }
    String model = URLEncoder.encode(target.model(), StandardCharsets.UTF_8).replace("+", "%20");
    return (model.isEmpty() ? "" : "/deployments/" + model)
        + path
        + (path.indexOf('?') < 0 ? "?" : "&")
        + "api-version="
        + version.get();
  }

  private static ProviderRequest completion(CompletionRequest request, Target target) {
    boolean chats = Quirk.NO_COMPLETIONS.of(target);
    RequestSplicer splicer = new RequestSplicer(chats ? request.asChat() : request.own(), target);
    byte[] body = splicer.write();
    List<String> dropped = new ArrayList<>(splicer.dropped());
    if (chats) {
      dropped.addAll(request.lostAsChat());
    }
    boolean streaming = request.streaming();
    return new ProviderRequest(
        "POST",
        path(target, chats ? PATH : COMPLETIONS),
        headers(target, streaming),
        body,
        streaming,
        dropped);
  }

  private static OpenAiRequest own(ChatRequest request) {
    return request instanceof OpenAiRequest own ? own : RequestReader.read(request.bytes());
  }

  /** An error where a part of an answer should be, in the shape that both APIs have. */
  public static ProviderProblem failureInside(byte[] data, int from, int to, Target target) {
    return FailureReader.inside(target, data, from, to);
  }

  /** The header fields of a request, the key in the way the provider takes it. */
  public static HeaderFields headers(Target target, boolean streaming) {
    HeaderFields headers =
        new HeaderFields()
            .add("content-type", "application/json")
            .add("accept", streaming ? "text/event-stream" : "application/json");
    return withKey(headers, target);
  }

  /** The fields and the gateway's key, in the way the provider takes it. */
  static HeaderFields withKey(HeaderFields headers, Target target) {
    if (target.key().isPresent()) {
      String key = target.key().get();
      if (Quirk.API_KEY_HEADER.of(target)) {
        headers.add("api-key", key);
      } else {
        headers.add("authorization", "Bearer " + key);
      }
    }
    return headers;
  }

  @Override
  public ChatResponse readResponse(byte[] body, Target target) {
    return ResponseReader.read(body, target);
  }

  @Override
  public Optional<Usage> readUsage(byte[] body, Target target) {
    try {
      WholeAnswer whole = WholeAnswer.of(body);
      if (whole.error()) {
        throw FailureReader.inside(target, body, 0, body.length);
      }
      if (!whole.choices()) {
        throw Garbled.noAnswer(target.provider());
      }
      return whole.usage();
    } catch (MalformedInput e) {
      throw Garbled.at(target.provider(), e);
    }
  }

  @Override
  public ProviderProblem readFailure(int status, Headers headers, byte[] body, Target target) {
    return FailureReader.read(status, headers, body, target);
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
  public StreamReader streamReader(ChatRequest request, Target target, boolean relay) {
    return relay ? new RelayReader(target, request.wantsUsage()) : new DecodingReader(target);
  }

  @Override
  public Optional<ModelQuery> models(Target target) {
    return Quirk.NO_MODEL_LIST.of(target)
        ? Optional.empty()
        : Optional.of(ModelList.query("/models", withKey(new HeaderFields(), target), target));
  }
}
