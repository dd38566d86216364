package dev.serai.gateway.wiring;

import dev.serai.adapters.dialects.anthropic.AnthropicModelList;
import dev.serai.adapters.dialects.gemini.GeminiModelList;
import dev.serai.adapters.dialects.ollama.OllamaModelList;
import dev.serai.adapters.dialects.openai.OpenAiModelList;
import dev.serai.core.model.ModelCatalogue;
import dev.serai.core.surface.ModelListSurface;
import dev.serai.processors.models.ListChatModels;
import dev.serai.processors.models.ListModels;
import dev.serai.processors.models.ListedModels;
import dev.serai.processors.models.ShowModel;
import dev.serai.processors.service.ReportVersion;
import java.util.List;
import java.util.Map;

/** Lists the models, in the forms of the surfaces. */
final class ModelsFeature implements Feature {
  /**
   * In the order in which they are tried. The last is OpenAI's, for every client that is not
   * recognised.
   */
  private static final List<ModelListSurface> SURFACES =
      List.of(
          new GeminiModelList(),
          new AnthropicModelList(),
          new OllamaModelList(),
          OllamaModelList.loaded(),
          new OpenAiModelList());

  private final ListedModels models;

  ModelsFeature(SharedParts shared, ModelCatalogue catalogue) {
    models = new ListedModels(shared.providers(), catalogue);
  }

  @Override
  public Map<String, Object> beans() {
    return Map.of(
        "list-models", new ListModels(models, SURFACES),
        "show-model", new ShowModel(models, SURFACES),
        "list-chat-models", new ListChatModels(models),
        "report-version", new ReportVersion(OllamaModelList.version()));
  }
}
