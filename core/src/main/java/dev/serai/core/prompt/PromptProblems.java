package dev.serai.core.prompt;

import dev.serai.core.problem.CallerProblem;
import java.util.Optional;

/** Why a request about prompts is refused. Pure. */
public final class PromptProblems {
  private PromptProblems() {}

  /**
   * 404: no prompt of that name is stored for the tenant.
   *
   * @param name empty if it is not to be shown
   */
  public static CallerProblem notFound(String name) {
    return new CallerProblem(
        404,
        "prompt_not_found",
        "There is no prompt "
            + (name.isEmpty() ? "of that name" : "'" + name + "'")
            + ". GET /v1/prompts lists those of your tenant.",
        Optional.of("prompt"));
  }

  /** 404: the same for a call, whose prompts have no IDs. */
  public static CallerProblem notFoundByCall(String name) {
    return name.startsWith(Prompt.ID)
        ? new CallerProblem(
            404,
            "prompt_not_found",
            "There is no prompt with the name '"
                + name
                + "'. This is the form of an ID, but calls name a prompt by the 'name' that"
                + " GET /v1/prompts shows with it.",
            Optional.of("prompt"))
        : notFound(name);
  }

  /** 404: the prompt has no version of that number. */
  public static CallerProblem noVersion(String name, String version) {
    return new CallerProblem(
        404,
        "prompt_version_not_found",
        "The prompt '"
            + name
            + "' has no version "
            + version
            + ". GET /v1/prompts/"
            + name
            + "/versions lists them.",
        Optional.of("version"));
  }

  /** 404: the prompt has no such label. */
  public static CallerProblem noLabel(String name, String label) {
    return new CallerProblem(
        404,
        "prompt_label_not_found",
        "The prompt '"
            + name
            + "' has no label '"
            + label
            + "'. Set it with PUT /v1/prompts/"
            + name
            + "/labels/"
            + label
            + ", or name a version.",
        Optional.of("label"));
  }

  /** 412: a label points to another version than the request expects. */
  public static CallerProblem labelMoved(String label, Optional<Integer> version) {
    return new CallerProblem(
        412,
        "precondition_failed",
        version
                .map(now -> "The label '" + label + "' points to version " + now)
                .orElse("The label '" + label + "' is not set")
            + ", which is not what If-Match or If-None-Match expects. Read it again.",
        Optional.of("label"));
  }
}
