package dev.serai.gateway.wiring;

import dev.serai.config.persona.PersonaSettings;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.cause.FailureText;
import dev.serai.core.prompt.PromptSnapshot;
import dev.serai.core.prompt.PromptStore;
import dev.serai.core.prompt.PromptVersion;
import dev.serai.core.prompt.PublishedPrompt;
import dev.serai.core.prompt.template.PromptTemplate;
import dev.serai.gateway.management.AdminRequests;
import dev.serai.processors.prompts.PromptSteps;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Manages prompts. {@link RoutingFeature} puts them into the requests that name them. */
final class PromptsFeature implements Feature {
  private static final Logger LOG = LoggerFactory.getLogger(PromptsFeature.class);

  private final SharedParts shared;
  private final PromptStore store;
  private final PromptSnapshot known;
  private boolean read; // by the thread that reads the database

  PromptsFeature(SharedParts shared, RoutingFeature routing, KeysFeature keys) {
    this.shared = shared;
    store = keys.stores().prompts();
    known = routing.prompts();
    keys.stores().reportPrompts(this::replace);
  }

  private void replace(List<PublishedPrompt> all) {
    known.replace(all);
    if (!read) {
      read = true;
      shared.settings().personas().forEach(this::warn);
    }
  }

  /** Prompts are stored while the gateway runs, so a missing one is not a mistake. */
  private void warn(String name, PersonaSettings persona) {
    if (!known.has(persona.tenant(), persona.prompt())) {
      LOG.warn(
          "personas.{}: no prompt is named {}{}; its calls are refused until one is stored with"
              + " POST /v1/prompts",
          name,
          persona.prompt(),
          persona.tenant().map(tenant -> " in the tenant " + tenant).orElse(""));
    }
  }

  /** A gateway of an earlier version may not know everything that a version has. */
  static Optional<PromptTemplate> template(PromptVersion version) {
    try {
      return Optional.of(AdminRequests.template(version));
    } catch (CallerProblem e) {
      LOG.warn(
          "prompts: version {} of a prompt cannot be read and serves no call here; update this"
              + " gateway: {}",
          version.number(),
          FailureText.of(e));
      return Optional.empty();
    }
  }

  @Override
  public Map<String, Object> beans() {
    return Map.copyOf(PromptSteps.of(store, AdminRequests.prompts(), shared.loops()));
  }
}
