package dev.serai.adapters.dialects.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.problem.ProviderProblems;
import dev.serai.adapters.dialects.translation.ModelList;
import dev.serai.core.dialect.Destination;
import dev.serai.core.dialect.ModelQuery;
import dev.serai.core.http.ProviderRequest;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Lists the chat models of a region ("Amazon Bedrock API reference: ListFoundationModels"), in one
 * reply: the active ones with text as input and output. A model is callable by its own id if it is
 * served on demand, and by its inference profiles, which {@link InferenceProfileQuery} lists next.
 */
final class FoundationModelQuery implements ModelQuery {
  private static final String TEXT = "TEXT";

  private final Destination destination;

  FoundationModelQuery(Destination destination) {
    this.destination = destination;
  }

  @Override
  public ProviderRequest request() {
    return ModelListRequests.get("/foundation-models?byOutputModality=TEXT", destination);
  }

  @Override
  public Outcome read(byte[] body) {
    JsonNode list = ModelList.tree(body, destination).path("modelSummaries");
    if (!list.isArray()) {
      throw ProviderProblems.malformed(destination, "a reply that is not a list of models");
    }
    Set<String> chatModels = new HashSet<>();
    Set<String> names = new LinkedHashSet<>();
    for (JsonNode model : list) {
      String id = model.path("modelId").asText("");
      if (isChatModel(model) && ModelList.isName(id) && chatModels.size() < ModelList.MAX_NAMES) {
        chatModels.add(id);
        if (contains(model.path("inferenceTypesSupported"), "ON_DEMAND")) {
          names.add(id);
        }
      }
    }
    return new Outcome.NextPage(InferenceProfileQuery.first(destination, chatModels, names));
  }

  private static boolean isChatModel(JsonNode model) {
    return contains(model.path("inputModalities"), TEXT)
        && contains(model.path("outputModalities"), TEXT)
        && model.at("/modelLifecycle/status").asText("ACTIVE").equals("ACTIVE");
  }

  private static boolean contains(JsonNode words, String word) {
    for (JsonNode one : words) {
      if (one.asText("").equals(word)) {
        return true;
      }
    }
    return false;
  }
}
