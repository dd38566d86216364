package dev.serai.gateway.wiring;

import dev.serai.adapters.dialects.ollama.OllamaSurface;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.processors.models.ListChatModels;
import dev.serai.processors.models.ListGeminiModels;
import dev.serai.processors.models.ListModels;
import dev.serai.processors.models.ListOllamaModels;
import dev.serai.processors.models.ShowOllamaModel;
import dev.serai.processors.model.TellOllamaVersion;
import dev.serai.processors.models.ModelNames;
import java.util.Map;

/** Lists the models, in the shapes of the surfaces. */
final class ModelsFeature implements Feature {
  private final ModelNames names;

  ModelsFeature(SharedParts shared, ModelCatalogue catalogue) {
    names = new ModelNames(shared.providers(), catalogue);
  }

  @Override
  public Map<String, Object> steps() {
    return Map.of(
        "list-models", new ListModels(names),
        "list-chat-models", new ListChatModels(names),
        "list-gemini-models", new ListGeminiModels(names),
        "list-ollama-models", new ListOllamaModels(names),
        "show-ollama-model", new ShowOllamaModel(names, OllamaSurface::shown),
        "tell-ollama-version", new TellOllamaVersion());
  }
}
