package dev.serai.gateway;

import dev.serai.adapters.dialects.ollama.OllamaSurface;
import dev.serai.processors.model.ListChatModels;
import dev.serai.processors.model.ListGeminiModels;
import dev.serai.processors.model.ListModels;
import dev.serai.processors.model.ListOllamaModels;
import dev.serai.processors.model.ShowOllamaModel;
import dev.serai.processors.model.TellOllamaVersion;
import dev.serai.processors.support.ModelNames;
import java.util.LinkedHashMap;
import java.util.Map;

/** The steps that say what models there are, by the names that routes use. */
final class ModelBeans {
  private ModelBeans() {}

  static Map<String, Object> all(ModelNames names) {
    Map<String, Object> beans = new LinkedHashMap<>();
    beans.put("list-models", new ListModels(names));
    beans.put("list-chat-models", new ListChatModels(names));
    beans.put("list-gemini-models", new ListGeminiModels(names));
    beans.put("list-ollama-models", new ListOllamaModels(names));
    beans.put("show-ollama-model", new ShowOllamaModel(names, OllamaSurface::shown));
    beans.put("tell-ollama-version", new TellOllamaVersion());
    return beans;
  }
}
