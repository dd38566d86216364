package dev.serai.gateway.wiring;

import dev.serai.adapters.dialects.anthropic.AnthropicSurface;
import dev.serai.adapters.dialects.ask.AskSurface;
import dev.serai.adapters.dialects.gemini.GeminiSurface;
import dev.serai.adapters.dialects.message.MessageSurface;
import dev.serai.adapters.dialects.ollama.OllamaSurface;
import dev.serai.adapters.dialects.openai.CompletionSurface;
import dev.serai.adapters.dialects.openai.OpenAiSurface;
import dev.serai.adapters.dialects.responses.ResponsesSurface;
import dev.serai.config.Settings;
import dev.serai.config.routing.AskSettings;
import dev.serai.core.problem.ProblemListener;
import dev.serai.core.surface.Surface;
import dev.serai.core.surface.Surfaces;
import dev.serai.processors.chat.WriteChatReply;
import dev.serai.processors.edge.WriteProblem;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** Registers the surfaces that clients speak, with the steps that read and write them. */
final class SurfacesFeature implements Feature {
  private final SharedParts shared;
  private final ProblemListener problems;
  private final Surfaces surfaces;
  private volatile AskSettings ask;

  SurfacesFeature(SharedParts shared, ProblemListener problems) {
    this.shared = shared;
    this.problems = problems;
    ask = shared.settings().routing().ask();
    InstantSource clock = shared.clock();
    Surface usual = new OpenAiSurface(clock);
    surfaces = new Surfaces(usual, furtherSurfaces(clock, usual));
  }

  private List<Surface> furtherSurfaces(InstantSource clock, Surface usual) {
    return List.of(
        new CompletionSurface(clock),
        new ResponsesSurface(clock),
        new MessageSurface(() -> shared.catalogue().defaultModel()),
        // Before Anthropic, which owns /messages behind any beginning, and Ollama, which owns /api.
        ErrorSurface.plain("/api/v1", usual),
        new AnthropicSurface(),
        new GeminiSurface(),
        OllamaSurface.chat(clock),
        OllamaSurface.generate(clock),
        new AskSurface(this::askRules),
        ErrorSurface.coded("/admin", usual),
        ErrorSurface.coded("/v1/memory", usual));
  }

  private AskSurface.Rules askRules() {
    AskSettings now = ask;
    return new AskSurface.Rules(
        now.model().orElseGet(() -> shared.catalogue().defaultModel()), now.maxPromptChars());
  }

  /** Applies what other settings say. */
  @Override
  public void replace(Settings fresh) {
    ask = fresh.routing().ask();
  }

  Surfaces surfaces() {
    return surfaces;
  }

  @Override
  public Map<String, Object> beans() {
    return Map.of(
        "write-chat-reply", new WriteChatReply(shared.loops()),
        "write-problem", new WriteProblem(surfaces, problems));
  }
}
