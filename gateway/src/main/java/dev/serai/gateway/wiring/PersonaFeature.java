package dev.serai.gateway.wiring;

import dev.serai.adapters.persona.Personas;
import dev.serai.processors.attempt.RespondAsPersona;
import java.util.Map;

/** Runs the personas: models inside this process. */
final class PersonaFeature implements Feature {
  private final SharedParts shared;
  private final Personas personas;

  PersonaFeature(SharedParts shared) {
    this.shared = shared;
    personas = new Personas(shared.checkout(), shared.clock());
  }

  @Override
  public Map<String, Object> beans() {
    return Map.of("respond-as-persona", new RespondAsPersona(personas, shared.loops()));
  }

  @Override
  public void start() {
    personas.warmUp();
  }
}
