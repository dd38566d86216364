package dev.serai.gateway.wiring;

import dev.serai.adapters.dialects.problem.ErrorBody;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.json.JsonWriter;
import dev.serai.core.model.DefaultParameters;
import dev.serai.core.problem.AuthenticationProblem;
import dev.serai.core.problem.GatewayProblem;
import dev.serai.core.problem.LimitProblem;
import dev.serai.core.prompt.template.ExpandedPrompt;
import dev.serai.core.request.ChatRequest;
import dev.serai.core.surface.Surface;

/**
 * Writes the errors of paths with the same beginning in a form of their own. A route of an operator
 * may serve chat there; that has the form of another surface. Thread-safe.
 */
final class ErrorSurface implements Surface {
  private final String root;
  private final Surface chat;
  private final boolean coded;

  private ErrorSurface(String root, Surface chat, boolean coded) {
    this.root = root;
    this.chat = chat;
    this.coded = coded;
  }

  /**
   * Errors of the form {@code {"error": code, "detail": message}}, without the detail if there is
   * no message.
   *
   * @param root what the paths begin with
   * @param chat reads and writes everything but errors
   */
  static ErrorSurface coded(String root, Surface chat) {
    return new ErrorSurface(root, chat, true);
  }

  /** Errors of the form {@code {"detail": message}}. Parameters as for the other one. */
  static ErrorSurface plain(String root, Surface chat) {
    return new ErrorSurface(root, chat, false);
  }

  @Override
  public boolean owns(String path) {
    return path.startsWith(root)
        && (path.length() == root.length() || path.charAt(root.length()) == '/');
  }

  @Override
  public byte[] writeProblem(GatewayProblem problem) {
    return ErrorBody.of(
        problem.message(), message -> coded ? body(problem, message) : plain(message));
  }

  private static byte[] plain(String message) {
    return new JsonWriter().beginObject().member("detail", message).endObject().bytes();
  }

  private static byte[] body(GatewayProblem problem, String message) {
    JsonWriter json = new JsonWriter().beginObject().member("error", code(problem));
    if (!message.isEmpty()) {
      json.member("detail", message);
    }
    problem.param().ifPresent(param -> json.member("param", param));
    return json.endObject().bytes();
  }

  private static String code(GatewayProblem problem) {
    return switch (problem) {
      case AuthenticationProblem _ -> "authentication_failed";
      case LimitProblem _ -> "rate_limited";
      default -> problem.code();
    };
  }

  @Override
  public String dialect() {
    return chat.dialect();
  }

  @Override
  public byte[] withDefaults(byte[] body, DefaultParameters defaults) {
    return chat.withDefaults(body, defaults);
  }

  @Override
  public byte[] withPrompt(byte[] body, ExpandedPrompt prompt) {
    return chat.withPrompt(body, prompt);
  }

  @Override
  public ChatRequest readRequest(InboundRequest inbound) {
    return chat.readRequest(inbound);
  }

  @Override
  public byte[] writeResponse(ChatResponse response) {
    return chat.writeResponse(response);
  }

  @Override
  public ChatEventWriter streamWriter(ChatRequest request) {
    return chat.streamWriter(request);
  }

  @Override
  public String streamContentType(ChatRequest request) {
    return chat.streamContentType(request);
  }
}
