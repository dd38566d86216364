package dev.serai.adapters.dialects.openai;

import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.adapters.dialects.json.MalformedInput;
import dev.serai.adapters.dialects.openaiapi.ErrorReader;
import dev.serai.adapters.dialects.openaiapi.MalformedResponse;
import dev.serai.adapters.dialects.openaiapi.ModelTraits;
import dev.serai.adapters.dialects.openaiapi.Quirk;
import dev.serai.adapters.dialects.openaiapi.ReasoningEffort;
import dev.serai.adapters.dialects.openaiapi.RequestHeaders;
import dev.serai.adapters.dialects.tool.limit.CallIdSearch;
import dev.serai.adapters.dialects.tool.limit.ReplyToolCalls;
import dev.serai.adapters.dialects.tool.limit.TextLimit;
import dev.serai.adapters.dialects.tool.limit.VendorLimits;
import dev.serai.adapters.dialects.translation.DroppedFields;
import dev.serai.adapters.dialects.translation.ModelList;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Usage;
import dev.serai.core.dialect.ChatStreamDecoder;
import dev.serai.core.dialect.Destination;
import dev.serai.core.dialect.Dialect;
import dev.serai.core.dialect.EmbeddingDialect;
import dev.serai.core.dialect.ModelQuery;
import dev.serai.core.dialect.RelayDialect;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.Headers;
import dev.serai.core.http.PercentEncoding;
import dev.serai.core.http.ProviderRequest;
import dev.serai.core.http.ProviderRequest.ReplyKind;
import dev.serai.core.model.ModelParameters;
import dev.serai.core.problem.ProviderProblem;
import dev.serai.core.request.ChatRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Translates between core types and OpenAI's chat completions, as spoken by OpenAI, Azure,
 * DeepSeek, Qwen, Mistral, Groq, OpenRouter, xAI, Together, Fireworks, Cohere, vLLM, llama.cpp and
 * LM Studio. Where a provider departs from OpenAI, its quirk flags say so: {@link #quirks},
 * explained in docs/quirks.md.
 *
 * <p>For a client of the same dialect nothing is translated: its request is spliced and the
 * response is forwarded unchanged. Thread-safe.
 */
public final class OpenAiDialect implements Dialect {
  /** The name in settings and routes. */
  public static final String NAME = "openai";

  /** The limits in the reference of the API (functions, stop) and in its errors (ids, user). */
  static final VendorLimits LIMITS =
      new VendorLimits(NAME, TextLimit.words(64), TextLimit.length(40), TextLimit.length(64), 4, 1);

  private static final CallIdSearch REFUSED_IDS =
      new CallIdSearch("tool_call_id", LIMITS.callIds(), "tools");
  private static final VendorLimits SHORT_IDS = LIMITS.withCallIds(Quirk.SHORT_IDS);
  private static final String PATH = "/chat/completions";
  private static final String COMPLETIONS = "/completions";
  private static final Optional<RelayDialect> RELAY = Optional.of(new OpenAiRelay());

  private static final Optional<EmbeddingDialect> EMBEDDINGS = Optional.of(new OpenAiEmbeddings());

  private final Optional<Dialect> responses;

  /** Creates a dialect of chat completions alone. */
  public OpenAiDialect() {
    this.responses = Optional.empty();
  }

  /**
   * Creates a dialect that hands some requests to another one, see {@link #choose}.
   *
   * @param responses the dialect of OpenAI's other API, for providers that have it too or only it
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

  /** Knows the flags of {@link #quirks}, and {@code api-version-} with a version. */
  @Override
  public boolean supportsQuirk(String quirk) {
    return Quirk.FLAGS.contains(quirk) || Quirk.namesApiVersion(quirk);
  }

  /** Completions are relayed too, unless the provider has no completions API. */
  @Override
  public boolean canRelay(ChatRequest request, Destination destination) {
    return request.dialect().equals(NAME)
        || (request instanceof CompletionRequest && !Quirk.NO_COMPLETIONS.of(destination));
  }

  @Override
  public Dialect choose(ChatRequest request, Destination destination) {
    boolean other =
        Quirk.RESPONSES.of(destination)
                && Quirk.apiVersion(destination).isEmpty()
                && (asksForIt(request) || needsIt(request, destination))
            || Quirk.RESPONSES_ONLY.of(destination);
    return other ? responses.orElse(this) : this;
  }

  /** Whether the model accepts the functions of a translated request in the other API only. */
  private boolean needsIt(ChatRequest request, Destination destination) {
    ModelTraits model = new ModelTraits(destination.model());
    if (model.takesFunctionsInChats(Optional.empty()) || canRelay(request, destination)) {
      return false;
    }
    Conversation content = request.conversation();
    Optional<String> effort = ReasoningEffort.of(content.sampling().reasoning(), model);
    return !content.tools().isEmpty() && !model.takesFunctionsInChats(effort);
  }

  private boolean asksForIt(ChatRequest request) {
    return responses.isPresent() && request.dialect().equals(responses.get().name());
  }

  @Override
  public List<String> clientHeaders() {
    return RequestHeaders.OF_CLIENTS;
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
    RequestWriter renderer = new RequestWriter(request, destination);
    byte[] body = renderer.write();
    return chat(body, request.streaming(), destination, renderer.dropped());
  }

  private static ProviderRequest cleaned(OpenAiRequest own, Destination destination) {
    DroppedFields foreign = new DroppedFields();
    OpenAiRequest clean =
        ForeignStateRemover.clean(own, limits(destination).callIds()::fit, foreign);
    return spliced(clean, destination, foreign.names());
  }

  private static ProviderRequest spliced(
      OpenAiRequest own, Destination destination, List<String> alreadyDropped) {
    RequestSplicer splicer = new RequestSplicer(own, destination);
    byte[] body = splicer.write();
    List<String> dropped = splicer.dropped();
    if (!alreadyDropped.isEmpty()) {
      dropped = new ArrayList<>(dropped);
      dropped.addAll(alreadyDropped);
    }
    return chat(body, own.streaming(), destination, dropped);
  }

  private static ProviderRequest chat(
      byte[] body, boolean streaming, Destination destination, List<String> dropped) {
    return ProviderRequest.post(
            path(destination, PATH),
            RequestHeaders.of(destination, streaming),
            body,
            ReplyKind.streaming(streaming))
        .dropping(dropped);
  }

  /** The request's path; with an API version, Azure's form with the deployment in it. */
  static String path(Destination destination, String path) {
    Optional<String> version = Quirk.apiVersion(destination);
    if (version.isEmpty()) {
      return path;
    }
    String model = encodedModel(destination);
    return (model.isEmpty() ? "" : "/deployments/" + model)
        + path
        + separator(path)
        + "api-version="
        + version.get();
  }

  /** The path of a realtime session, which names the model in its query. */
  static String realtimePath(Destination destination, String path) {
    Optional<String> version = Quirk.apiVersion(destination);
    String model = encodedModel(destination);
    String name = version.isPresent() ? "deployment=" : "model=";
    return path
        + version.map(v -> separator(path) + "api-version=" + v).orElse("")
        + (model.isEmpty() ? "" : (version.isPresent() ? "&" : separator(path)) + name + model);
  }

  private static String separator(String path) {
    return path.indexOf('?') < 0 ? "?" : "&";
  }

  private static String encodedModel(Destination destination) {
    return PercentEncoding.encode(destination.model(), "");
  }

  private static ProviderRequest completion(CompletionRequest request, Destination destination) {
    boolean chats = Quirk.NO_COMPLETIONS.of(destination);
    RequestSplicer splicer =
        new RequestSplicer(chats ? request.asChat() : request.own(), destination);
    byte[] body = splicer.write();
    List<String> dropped = new ArrayList<>(splicer.dropped());
    if (chats) {
      dropped.addAll(request.droppedAsChat());
    }
    boolean streaming = request.streaming();
    return ProviderRequest.post(
            path(destination, chats ? PATH : COMPLETIONS),
            RequestHeaders.of(destination, streaming),
            body,
            ReplyKind.streaming(streaming))
        .dropping(dropped);
  }

  /** Whether a request has ids of calls that OpenAI refuses. */
  static boolean mayHaveRefusedIds(JsonMembers request) {
    return REFUSED_IDS.mayFind(request);
  }

  /** The limits of a provider. */
  static VendorLimits limits(Destination destination) {
    VendorLimits limits = Quirk.SHORT_TOOL_IDS.of(destination) ? SHORT_IDS : LIMITS;
    return limits.withCustomTools(new ModelTraits(destination.model()).takesCustomTools());
  }

  private static OpenAiRequest own(ChatRequest request) {
    return request instanceof OpenAiRequest own ? own : RequestReader.read(request.bytes());
  }

  @Override
  public ProviderRequest withParameters(
      ProviderRequest written, ModelParameters parameters, Destination destination) {
    return ParameterMembers.of(written.path().equals(COMPLETIONS), destination)
        .over(written, parameters);
  }

  @Override
  public ChatResponse readResponse(ChatRequest request, byte[] body, Destination destination) {
    return ReplyToolCalls.response(
        request,
        limits(destination),
        ResponseReader.read(body, request.detailSupport(), destination));
  }

  @Override
  public Optional<Usage> readUsage(byte[] body, Destination destination) {
    try {
      ResponseSummary summary = ResponseSummary.of(body);
      if (summary.error()) {
        throw ErrorReader.inside(destination, body, 0, body.length);
      }
      if (!summary.responds()) {
        throw MalformedResponse.of(destination);
      }
      return summary.usage();
    } catch (MalformedInput e) {
      throw MalformedResponse.at(destination, e);
    }
  }

  @Override
  public ProviderProblem readError(
      int status, Headers headers, byte[] body, Destination destination) {
    return ErrorReader.read(status, headers, body, destination);
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
  public ChatStreamDecoder streamReader(
      ChatRequest request, Destination destination, boolean relay) {
    LongSupplier wanted = () -> request.bounds().choices();
    return relay
        ? new StreamRelay(
            destination, request.wantsUsage(), request instanceof CompletionRequest, wanted)
        : ReplyToolCalls.stream(
            request,
            limits(destination),
            new StreamDecoder(destination, request.detailSupport(), wanted));
  }

  @Override
  public Optional<ModelQuery> modelQuery(Destination destination) {
    return Quirk.NO_MODEL_LIST.of(destination)
        ? Optional.empty()
        : Optional.of(
            ModelList.query(
                "/models", RequestHeaders.withKey(new HeaderFields(), destination), destination));
  }
}
