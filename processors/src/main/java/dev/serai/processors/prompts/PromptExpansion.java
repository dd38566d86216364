package dev.serai.processors.prompts;

import dev.serai.core.call.Call;
import dev.serai.core.caller.Caller;
import dev.serai.core.http.InboundRequest;
import dev.serai.core.limit.ByteHold;
import dev.serai.core.limit.ByteLimit;
import dev.serai.core.model.Persona;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.prompt.PromptSnapshot;
import dev.serai.core.prompt.template.ExpandedPrompt;
import dev.serai.core.prompt.template.NamedPrompt;
import dev.serai.core.prompt.template.PromptReference;
import dev.serai.core.request.CallLabels;
import dev.serai.core.surface.Surface;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongConsumer;

/**
 * Puts a stored prompt into the request that names it, before anything else sees the request. The
 * request takes memory as one that came so long. Thread-safe; never blocks.
 */
public final class PromptExpansion {
  private static final String TAG = "prompt:";
  private static final String VARIABLES = "prompt.variables";

  private final PromptSnapshot prompts;
  private final Function<String, Optional<Persona>> personas;
  private final ByteLimit memory;
  private final int maxBodyBytes;

  /**
   * A request with its prompt.
   *
   * @param sessions what the call does with the stored session that it names
   * @param hold the memory that it takes; for the call, or to be released
   */
  public record Expanded(
      ExpandedPrompt prompt, Persona.Memory sessions, InboundRequest request, ByteHold hold) {}

  /**
   * @param personas the prompt of a model name; empty for most names
   * @param memory the limit of the bytes that are held
   * @param maxBodyBytes of a request
   */
  public PromptExpansion(
      PromptSnapshot prompts,
      Function<String, Optional<Persona>> personas,
      ByteLimit memory,
      int maxBodyBytes) {
    this.memory = memory;
    this.maxBodyBytes = maxBodyBytes;
    this.prompts = prompts;
    this.personas = personas;
  }

  /** The prompt that calls for a model name get, without variables. */
  public Optional<PromptReference> ofModel(String model) {
    return personas
        .apply(model)
        .map(
            _ ->
                new PromptReference(
                    "", model, Optional.empty(), OptionalInt.empty(), Map.of(), VARIABLES));
  }

  /**
   * The prompt that is to be put into a request.
   *
   * @throws CallerProblem 400 if the request has no messages, and its model no prompt
   */
  public PromptReference wanted(NamedPrompt named) {
    PromptReference reference = named.reference();
    Optional<CallerProblem> without = named.without();
    if (without.isPresent() && ofModel(reference.model()).isEmpty()) {
      throw without.get();
    }
    return reference;
  }

  /**
   * The prompt of the persona that an experiment has chosen instead of another one, with the values
   * of the request; empty if none was chosen.
   */
  public Optional<PromptReference> ofVariant(PromptReference asked, String planned) {
    return !asked.name().isEmpty() || planned.equals(asked.model())
        ? Optional.empty()
        : ofModel(planned).map(_ -> asked.of(planned));
  }

  /**
   * Puts the prompt that a request names, or that its model has, into it.
   *
   * @throws dev.serai.core.problem.GatewayProblem 404 if there is no such prompt, 400 if its
   *     variables are wrong, 413 if the request is too large with it, 503 if there is no memory for
   *     it now
   */
  public Expanded expand(
      PromptReference reference, Caller caller, InboundRequest inbound, Surface surface) {
    PromptRoom room = new PromptRoom(memory, maxBodyBytes);
    boolean taken = false;
    try {
      ExpandedPrompt prompt =
          find(reference, caller, length -> room.takeFor(inbound.body().length, length));
      byte[] body = surface.withPrompt(inbound.body(), prompt);
      byte[] complete = surface.withDefaults(body, prompt.terms().parameters());
      room.takeFor(complete);
      taken = true;
      Persona.Memory sessions =
          personas.apply(reference.model()).map(Persona::memory).orElse(Persona.Memory.SESSION);
      return new Expanded(prompt, sessions, inbound.with(complete), room.hold());
    } finally {
      if (!taken) {
        room.hold().release();
      }
    }
  }

  private ExpandedPrompt find(PromptReference reference, Caller caller, LongConsumer room) {
    Optional<Persona> persona = personas.apply(reference.model());
    if (persona.isPresent()) {
      return ofPersona(persona.get(), reference, caller, room);
    }
    if (reference.name().isEmpty()) {
      throw CallerProblem.invalid("prompt.name", "'prompt' needs the 'name' of a stored prompt.");
    }
    return prompts.expand(caller.tenant(), reference, room);
  }

  /** What a persona says is the operator's choice: callers give variables only. */
  private ExpandedPrompt ofPersona(
      Persona persona, PromptReference asked, Caller caller, LongConsumer room) {
    if (!asked.name().isEmpty() || asked.label().isPresent() || asked.version().isPresent()) {
      throw CallerProblem.invalid(
          "prompt",
          "The model '"
              + asked.model()
              + "' has its own prompt; 'prompt' may have 'variables' only.");
    }
    return prompts.expand(
        persona.tenant().orElse(caller.tenant()),
        new PromptReference(
            persona.prompt(),
            asked.model(),
            persona.label(),
            OptionalInt.empty(),
            asked.variables(),
            asked.member()),
        room);
  }

  /** Records with which prompt a call is made: in its reply, its span and its tags. */
  public static void record(Expanded made, Call call) {
    ExpandedPrompt prompt = made.prompt();
    call.lifecycle().recordPrompt(prompt.label(), made.sessions());
    Caller caller = call.caller();
    Set<String> tags = new HashSet<>(caller.tags());
    tags.add(TAG + prompt.label());
    call.setCaller(caller.labelled(new CallLabels(caller.session(), caller.taskType(), tags)));
  }
}
