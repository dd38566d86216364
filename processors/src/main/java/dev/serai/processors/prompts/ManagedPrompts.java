package dev.serai.processors.prompts;

import dev.serai.core.caller.Caller;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.http.PercentEncoding;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.prompt.Prompt;
import dev.serai.core.prompt.PromptProblems;
import dev.serai.core.prompt.PromptStore;
import dev.serai.core.prompt.PromptVersion;
import dev.serai.processors.management.KeyRights;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The prompts, as far as a caller may see them: by name those of its own tenant, by ID those of
 * every tenant that it sees. Thread-safe.
 */
final class ManagedPrompts {
  private static final String PATH = "/v1/prompts/";
  private static final int SEGMENTS = 4;
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");

  private final PromptStore store;

  ManagedPrompts(PromptStore store) {
    this.store = store;
  }

  /** Where all of them are stored. */
  PromptStore store() {
    return store;
  }

  /**
   * The prompt that the path names.
   *
   * @throws CallerProblem 404 if it does not exist, or the caller does not see it
   */
  Prompt find(Caller caller, InboundRequest request) {
    String named = segment(request, 0);
    Optional<Prompt> found =
        named.startsWith(Prompt.ID)
            ? store.find(named).filter(one -> KeyRights.sees(caller, one.tenant()))
            : store.find(caller.tenant(), named);
    return found.orElseThrow(() -> PromptProblems.notFound(shown(named)));
  }

  private static String shown(String named) {
    return Prompt.isName(named) || named.startsWith(Prompt.ID) ? named : "";
  }

  /** The label that the path names. */
  static String label(InboundRequest request) {
    String label = segment(request, 2);
    if (!Prompt.isLabel(label)) {
      throw CallerProblem.invalid("label", "A label " + Prompt.LABEL_RULE + ".");
    }
    return label;
  }

  /** The version that the path names by its number or by a label. */
  PromptVersion version(Prompt prompt, InboundRequest request) {
    return version(prompt, segment(request, 2));
  }

  /**
   * A version of a prompt.
   *
   * @param named its number or a label that points to it
   * @throws CallerProblem 404 if there is none
   */
  PromptVersion version(Prompt prompt, String named) {
    if (NUMBER.matcher(named).matches()) {
      return version(prompt, Integer.parseInt(named), named);
    }
    if (named.equals(Prompt.LATEST)) {
      return store.versions(prompt.id(), Integer.MAX_VALUE, 1).stream()
          .findFirst()
          .orElseThrow(() -> PromptProblems.noVersion(prompt.name(), named));
    }
    if (!Prompt.isLabel(named)) {
      throw CallerProblem.invalid(
          "version", "A version is named by its number, by a label or by " + Prompt.LATEST + ".");
    }
    int number =
        Optional.ofNullable(prompt.labels().get(named))
            .orElseThrow(() -> PromptProblems.noLabel(prompt.name(), named));
    return version(prompt, number, named);
  }

  private PromptVersion version(Prompt prompt, int number, String named) {
    return store
        .version(prompt.id(), number)
        .orElseThrow(() -> PromptProblems.noVersion(prompt.name(), named));
  }

  /** The number of the version that the path names; a label is not taken. */
  static int number(InboundRequest request) {
    String named = segment(request, 2);
    if (!NUMBER.matcher(named).matches()) {
      throw CallerProblem.invalid("version", "A version is deleted by its number.");
    }
    return Integer.parseInt(named);
  }

  /** Who makes a change: the user of the API key, else the key. */
  static String author(Caller caller) {
    return caller.user().isEmpty() ? caller.key() : caller.user();
  }

  private static String segment(InboundRequest request, int index) {
    String[] segments = request.path().substring(PATH.length()).split("/", SEGMENTS);
    if (segments.length <= index) {
      return "";
    }
    try {
      return PercentEncoding.decode(segments[index]);
    } catch (IllegalArgumentException e) {
      throw CallerProblem.invalid("prompt", "The path is not percent-encoded correctly.");
    }
  }
}
