package dev.serai.core.prompt;

import dev.serai.core.problem.CallerProblem;
import dev.serai.core.prompt.template.ExpandedPrompt;
import dev.serai.core.prompt.template.PromptReference;
import dev.serai.core.prompt.template.PromptTemplate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongConsumer;

/** The stored prompts, as they were read last. Thread-safe; a look-up never blocks. */
public final class PromptSnapshot {
  private final Function<PromptVersion, Optional<PromptTemplate>> templates;
  private volatile Map<Name, Known> known = Map.of();

  private record Name(String tenant, String name) {}

  private record Known(Prompt prompt, NavigableMap<Integer, Ready> versions) {}

  private record Ready(PromptVersion version, Optional<PromptTemplate> template) {}

  /**
   * @param templates reads the content of a version; empty for one that this gateway cannot read
   */
  public PromptSnapshot(Function<PromptVersion, Optional<PromptTemplate>> templates) {
    this.templates = templates;
  }

  /** Replaces what was read before. A version that was known stays as it is. */
  public synchronized void replace(List<PublishedPrompt> all) {
    Map<Name, Known> fresh = new HashMap<>();
    for (PublishedPrompt one : all) {
      Name name = new Name(one.prompt().tenant(), one.prompt().name());
      Known former = known.get(name);
      NavigableMap<Integer, Ready> versions = new TreeMap<>();
      for (PromptVersion version : one.versions()) {
        Ready before = former == null ? null : former.versions.get(version.number());
        versions.put(
            version.number(),
            before != null && before.version == version
                ? before
                : new Ready(version, templates.apply(version)));
      }
      fresh.put(name, new Known(one.prompt(), versions));
    }
    known = Map.copyOf(fresh);
  }

  /**
   * Whether there is a prompt of that name that calls may use.
   *
   * @param tenant that has it; empty if any may
   */
  public boolean has(Optional<String> tenant, String name) {
    return known.values().stream()
        .map(Known::prompt)
        .anyMatch(
            one ->
                one.name().equals(name)
                    && !one.archived()
                    && tenant.filter(one.tenant()::equals).isPresent() == tenant.isPresent());
  }

  /**
   * The messages of a prompt with the values of a call.
   *
   * @param tenant of the caller, whose prompts alone are found
   * @param room takes the number of their characters before they are made; what it throws is thrown
   * @throws CallerProblem 404 if there is no such prompt, label or version; 400 if a variable is
   *     missing, unknown or wrong
   */
  public ExpandedPrompt expand(String tenant, PromptReference asked, LongConsumer room) {
    Known found = known.get(new Name(tenant, asked.name()));
    if (found == null || found.prompt.archived()) {
      throw PromptProblems.notFoundByCall(asked.name());
    }
    int number = number(found, asked);
    PromptTemplate template =
        Optional.ofNullable(found.versions.get(number))
            .flatMap(Ready::template)
            .orElseThrow(() -> PromptProblems.noVersion(asked.name(), Integer.toString(number)));
    return new ExpandedPrompt(
        found.prompt.name(),
        number,
        template.render(asked.variables(), asked.member(), room),
        template.terms());
  }

  private static int number(Known found, PromptReference asked) {
    if (asked.version().isPresent()) {
      return asked.version().getAsInt();
    }
    String label = asked.label().orElse(Prompt.PRODUCTION);
    if (label.equals(Prompt.LATEST) && !found.versions.isEmpty()) {
      return found.versions.lastKey();
    }
    return Optional.ofNullable(found.prompt.labels().get(label))
        .orElseThrow(() -> PromptProblems.noLabel(asked.name(), label));
  }
}
