package dev.serai.config.check;

import dev.serai.config.guard.GuardSettings;
import dev.serai.config.read.Place;
import dev.serai.core.problem.cause.FailureText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Checks the JSON Schemas of guards. Not thread-safe. */
public final class SchemaCheck {
  private final Function<String, Optional<String>> faults;
  private final Findings findings;

  /**
   * @param faults says why a text is not a JSON Schema
   */
  public SchemaCheck(Function<String, Optional<String>> faults, Findings findings) {
    this.faults = faults;
    this.findings = findings;
  }

  /**
   * Checks every guard.
   *
   * @param home the folder that relative paths start from
   */
  public void guards(Map<String, GuardSettings> guards, Path home) {
    guards.forEach(
        (name, guard) -> {
          String member = guard.schemaFile().isPresent() ? "schema_file" : "schema";
          Place place = findings.at("guards", name, member);
          try {
            guard.schemaText(home).flatMap(faults).ifPresent(fault -> findings.wrong(place, fault));
          } catch (IOException e) {
            findings.wrongNow(place, "the file cannot be read: " + FailureText.of(e));
          }
        });
  }
}
