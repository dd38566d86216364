package dev.serai.processors.guard;

import dev.serai.core.guard.GuardedText;
import dev.serai.core.guard.GuardedText.Source;
import dev.serai.core.privacy.JsonTexts;
import dev.serai.core.problem.CallerProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Finds every text of a response that is forwarded unchanged, whatever its member: the client also
 * receives what the core types do not have, such as transcripts, sources and the input of custom
 * tools. IDs, codes, times and encoded data are left out, so that an expression of digits or
 * letters does not match them. Thread-safe.
 */
final class ForwardedTexts {
  /** Members whose values are not texts, in every dialect. */
  private static final Set<String> NO_TEXT =
      Set.of(
          "id",
          "object",
          "type",
          "model",
          "modelVersion",
          "responseId",
          "role",
          "status",
          "created",
          "createTime",
          "created_at",
          "completed_at",
          "finish_reason",
          "finishReason",
          "stop_reason",
          "stopReason",
          "done_reason",
          "service_tier",
          "system_fingerprint",
          "mimeType",
          "media_type",
          "signature",
          "thoughtSignature",
          "encrypted_content",
          "encrypted_index",
          "b64_json",
          "expires_at");

  private final JsonTexts strings;

  ForwardedTexts(JsonTexts strings) {
    this.strings = strings;
  }

  /**
   * The texts of a body.
   *
   * @throws CallerProblem if it is not JSON
   */
  List<GuardedText> of(byte[] body) {
    List<GuardedText> texts = new ArrayList<>();
    var _ =
        strings.rewrite(
            body,
            (text, member) -> {
              if (isText(text, member)) {
                texts.add(
                    new GuardedText(isJson(text) ? Source.TOOL_ARGUMENTS : Source.ASSISTANT, text));
              }
              return text;
            });
    return texts;
  }

  /** The names of members have no member; those that a model writes are inside strings. */
  private static boolean isText(String text, String member) {
    return !text.isEmpty()
        && !member.isEmpty()
        && !NO_TEXT.contains(member)
        && !member.endsWith("_id")
        && !member.endsWith("_duration")
        && (!member.equals("data") || text.indexOf(' ') >= 0); // base64 has no spaces
  }

  private static boolean isJson(String text) {
    String stripped = text.stripLeading();
    return stripped.startsWith("{") || stripped.startsWith("[");
  }
}
