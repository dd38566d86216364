package dev.serai.adapters.persona;

import dev.serai.core.chat.ChatReply;
import dev.serai.core.chat.ChatResponse;
import dev.serai.core.chat.ChatResponse.Choice;
import dev.serai.core.chat.Conversation;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.problem.ModelHint;
import dev.serai.core.provider.InProcessProvider;
import dev.serai.core.request.ChatRequest;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The personas of this installation, by name. Their documents are read and indexed once, at the
 * first question or by {@link #warmUp}. Thread-safe.
 */
public final class Personas implements InProcessProvider {
  private final Map<String, PersonaLoader> byName = new TreeMap<>();
  private final InstantSource clock;
  private final AtomicLong responses = new AtomicLong();

  /**
   * Reads the list of personas, but no documents yet.
   *
   * @param checkout the folder with README.md and docs/
   */
  public Personas(Path checkout, InstantSource clock) {
    this.clock = clock;
    for (PersonaFile file : PersonaFile.shipped()) {
      byName.put(file.name(), new PersonaLoader(file, checkout));
    }
  }

  /** Builds the indexes on a virtual thread and returns at once. */
  public void warmUp() {
    byName.values().forEach(persona -> Thread.ofVirtual().name("persona").start(persona::get));
  }

  /** The names that may follow {@code persona/}, sorted. */
  public List<String> names() {
    return List.copyOf(byName.keySet());
  }

  /** The persona of this name. Waits for its index, so it must not be called on an event loop. */
  public Optional<Persona> find(String name) {
    return Optional.ofNullable(byName.get(name)).map(PersonaLoader::get);
  }

  @Override
  public ChatReply respond(ChatRequest request, String model, Executor loop) {
    Persona persona = find(model).orElseThrow(() -> unknown(model));
    Persona.Response given = persona.respond(request.conversation());
    ChatResponse response = response(given, model);
    return request.streaming()
        ? new ChatReply.Streaming(new WordStream(response, loop))
        : new ChatReply.Complete(response);
  }

  /** There are few, so the problem names all. */
  private CallerProblem unknown(String model) {
    List<String> known = byName.keySet().stream().map(name -> "persona/" + name).toList();
    return CallerProblem.unknownModel("persona/" + model, ModelHint.among(known));
  }

  private ChatResponse response(Persona.Response given, String model) {
    long second = clock.instant().getEpochSecond();
    String id = "chatcmpl-" + model + "-" + second + "-" + responses.incrementAndGet();
    Choice choice =
        new Choice(
            0, List.of(new Conversation.TextPart(given.text())), Optional.empty(), given.finish());
    return new ChatResponse(id, model, second, List.of(choice), Optional.of(given.usage()));
  }
}
