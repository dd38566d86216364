package dev.serai.gateway.management;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.prompt.Prompt;
import dev.serai.core.prompt.PromptRequests;
import dev.serai.core.prompt.PromptVersion;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the JSON of requests about prompts; refuses members that it does not know. Pure. */
final class JsonPromptRequests implements PromptRequests {
  private static final Set<String> OF_DRAFT = ofDraft();

  private static Set<String> ofDraft() {
    Set<String> members = new HashSet<>(PromptContent.MEMBERS);
    members.add("comment");
    members.add("label");
    return Set.copyOf(members);
  }

  @Override
  public Facts readNew(byte[] json) {
    RequestObject request = RequestObject.read(json, Set.of("name", "tenant", "description"));
    Optional<String> name =
        request
            .member("name")
            .map(value -> RequestObject.text(value, "name", Prompt::isName, Prompt.NAME_RULE));
    return new Facts(name, request.name("tenant"), text(request, "description"), Optional.empty());
  }

  @Override
  public Facts readChange(byte[] json) {
    RequestObject request = RequestObject.read(json, Set.of("description", "archived"));
    return new Facts(
        Optional.empty(), Optional.empty(), text(request, "description"), request.flag("archived"));
  }

  private static Optional<String> text(RequestObject request, String member) {
    return request
        .member(member)
        .map(
            value ->
                RequestObject.text(
                    value,
                    member,
                    text -> text.length() <= Prompt.MAX_DESCRIPTION,
                    "must be a text of at most " + Prompt.MAX_DESCRIPTION + " characters"));
  }

  @Override
  public Draft readDraft(byte[] json) {
    RequestObject request = RequestObject.read(json, OF_DRAFT);
    PromptContent content = PromptContent.of(request);
    Optional<String> model = content.template().terms().model();
    byte[] stored = content.json();
    if (stored.length > PromptVersion.MAX_BYTES) {
      throw CallerProblem.invalid(
          "messages", "A version has at most " + PromptVersion.MAX_BYTES + " bytes.");
    }
    Optional<String> label =
        request
            .member("label")
            .map(value -> RequestObject.text(value, "label", Prompt::isLabel, Prompt.LABEL_RULE));
    return new Draft(
        new String(stored, StandardCharsets.UTF_8),
        text(request, "comment").orElse(""),
        label,
        model);
  }

  @Override
  public int readTarget(byte[] json) {
    JsonNode version =
        RequestObject.read(json, Set.of("version"))
            .member("version")
            .orElseThrow(() -> CallerProblem.invalid("version", "'version' is required."));
    if (!version.isIntegralNumber() || !version.canConvertToInt() || version.intValue() < 1) {
      throw CallerProblem.invalid("version", "'version' must be the number of a version.");
    }
    return version.intValue();
  }

  @Override
  public List<String> lines(String content) {
    return content(content).lines();
  }

  /** The content of a stored version. */
  static PromptContent content(String stored) {
    return PromptContent.of(
        RequestObject.read(stored.getBytes(StandardCharsets.UTF_8), PromptContent.MEMBERS));
  }
}
