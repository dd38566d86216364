package dev.serai.adapters.dialects.gemini;

import dev.serai.adapters.dialects.gemini.GeminiRequest.Form;
import dev.serai.adapters.dialects.json.JsonMembers;
import dev.serai.adapters.dialects.request.DefaultMembers;
import dev.serai.adapters.dialects.request.prompt.PromptBody;
import dev.serai.adapters.dialects.request.prompt.PromptMember;
import dev.serai.adapters.dialects.translation.RequestFields;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.Conversation.ImagePart;
import dev.serai.core.http.Headers;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.QueryString;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.model.DefaultParameters;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.prompt.template.ExpandedPrompt;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.surface.TokenCountSurface;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Gemini's native API for clients: {@code /v1beta/models/NAME:generateContent}, {@code
 * :countTokens} and {@code :streamGenerateContent}, as server-sent events with {@code alt=sse} and
 * as one JSON array without. Newer clients use {@code /v1} instead of {@code /v1beta}. Errors are
 * {@code {"error":{code,message,status}}}. Thread-safe.
 */
public final class GeminiSurface implements TokenCountSurface {
  private static final DefaultMembers DEFAULTS =
      new DefaultMembers(
          List.of("generationConfig", "generation_config"),
          List.of("temperature"),
          List.of("topP", "top_p"),
          List.of("maxOutputTokens", "max_output_tokens"),
          List.of("seed"));

  private static final String ROOT = "/v1beta/";
  private static final String STABLE = "/v1/models";

  /** A model below a version, which may be behind a prefix. */
  private static final Pattern MODEL = Pattern.compile("(?:(?:/[^/]++)?/v1[a-z]*+)?/models/.++");

  @Override
  public String dialect() {
    return GeminiDialect.NAME;
  }

  /**
   * OpenAI has paths under {@code /v1/models} too, but without verbs. With a verb and a wrong
   * beginning it is a path of a client of Gemini with a wrong base URL.
   */
  @Override
  public boolean owns(String path) {
    if (path.startsWith(ROOT)) {
      return !path.startsWith(ROOT + "openai/");
    }
    int colon = path.lastIndexOf(':');
    return colon > 0
        && ModelPath.VERBS.contains(path.substring(colon + 1))
        && MODEL.matcher(path.substring(0, colon)).matches();
  }

  @Override
  public boolean owns(String path, Headers headers) {
    return owns(path) || (path.startsWith(STABLE) && GeminiModelList.isFromGeminiClient(headers));
  }

  @Override
  public byte[] withDefaults(byte[] body, DefaultParameters defaults) {
    return DEFAULTS.added(body, defaults);
  }

  @Override
  public byte[] withPrompt(byte[] body, ExpandedPrompt prompt) {
    return PromptBody.changed(body, request -> PromptPlaces.put(request, prompt));
  }

  @Override
  public ChatRequest readRequest(InboundRequest inbound) {
    ModelPath path = ModelPath.read(inbound.path());
    Form form =
        switch (path.verb()) {
          case "generateContent" -> Form.COMPLETE;
          case "countTokens" -> Form.COUNT;
          case "streamGenerateContent" -> wantsEvents(inbound) ? Form.EVENTS : Form.ARRAY;
          default -> throw ModelPath.nothing();
        };
    byte[] body = form == Form.COUNT ? counted(inbound.body(), path.model()) : inbound.body();
    return new GeminiRequest(members(body, path.model()), path.model(), form);
  }

  /**
   * The request whose tokens are counted: the contents are at the top level, or with the rest in
   * {@code generateContentRequest}.
   */
  private static byte[] counted(byte[] body, String model) {
    JsonMembers members = PromptMember.requireNone(JsonMembers.ofRequest(body), model);
    int camel = members.find("generateContentRequest");
    int place = camel >= 0 ? camel : members.find("generate_content_request");
    return place >= 0 && members.kind(place) == '{'
        ? members.json(place).getBytes(StandardCharsets.UTF_8)
        : body;
  }

  @Override
  public byte[] writeTokenCount(long tokens) {
    return new JsonWriter(32).beginObject().member("totalTokens", tokens).endObject().bytes();
  }

  private static boolean wantsEvents(InboundRequest inbound) {
    for (QueryString.Parameter parameter : QueryString.of(inbound.query()).parameters()) {
      boolean alt = parameter.name().equals("alt") || parameter.name().equals("$alt");
      if (alt && parameter.value().equals("sse")) {
        return true;
      }
    }
    return false;
  }

  /**
   * Locates the members of a request; the whole text is checked as JSON.
   *
   * @throws CallerProblem 400 if it is not an object with contents
   */
  private static JsonMembers members(byte[] body, String model) {
    JsonMembers members =
        PromptMember.requireNone(JsonMembers.ofRequest(body, ThoughtSignatures.mark()), model);
    int contents = members.find("contents");
    if (contents < 0) {
      throw PromptMember.withoutMessages(
          model, CallerProblem.invalid("contents", "Missing required parameter: 'contents'."));
    }
    char kind = members.kind(contents);
    if (kind != '[' && kind != '{') {
      throw RequestFields.wrong("contents", "an array of contents");
    }
    if (members.isEmpty(contents)) {
      throw PromptMember.withoutMessages(
          model, CallerProblem.invalid("contents", "contents is not specified"));
    }
    return members;
  }

  @Override
  public byte[] writeResponse(ChatResponse response) {
    return ResponseWriter.write(response);
  }

  @Override
  public byte[] writeProblem(GatewayProblem problem) {
    return ErrorWriter.write(problem);
  }

  @Override
  public boolean canWriteImage(ChatRequest request, ImagePart picture) {
    return true;
  }

  @Override
  public ChatEventWriter streamWriter(ChatRequest request) {
    return new StreamWriter(isArray(request));
  }

  @Override
  public String streamContentType(ChatRequest request) {
    return isArray(request) ? "application/json; charset=utf-8" : "text/event-stream";
  }

  private static boolean isArray(ChatRequest request) {
    return request instanceof GeminiRequest own && own.array();
  }
}
