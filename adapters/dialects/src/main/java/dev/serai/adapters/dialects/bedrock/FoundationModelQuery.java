package dev.serai.adapters.dialects.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.translation.ModelList;
import dev.serai.adapters.dialects.translation.ProviderProblems;
import dev.serai.core.dialect.Destination;
import dev.serai.core.dialect.ModelQuery;
import dev.serai.core.http.ProviderRequest;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The models of a region ("Amazon Bedrock API reference: ListFoundationModels"), all in one answer.
 * Those that take and give text and are active can be conversed with: by their own id if they are
 * served on demand, and by the inference profiles that lead to them, which are asked for next.
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
      throw ProviderProblems.garbled(destination, "something that is no list of models");
    }
    Set<String> speaking = new HashSet<>();
    Set<String> names = new LinkedHashSet<>();
    for (JsonNode model : list) {
      String id = model.path("modelId").asText("");
      if (speaks(model) && ModelList.isName(id) && speaking.size() < ModelList.MOST) {
        speaking.add(id);
        if (has(model.path("inferenceTypesSupported"), "ON_DEMAND")) {
          names.add(id);
        }
      }
    }
    return new Outcome.NextPage(InferenceProfileQuery.first(destination, speaking, names));
  }

  private static boolean speaks(JsonNode model) {
    return has(model.path("inputModalities"), TEXT)
        && has(model.path("outputModalities"), TEXT)
        && model.at("/modelLifecycle/status").asText("ACTIVE").equals("ACTIVE");
  }

  private static boolean has(JsonNode words, String word) {
    for (JsonNode one : words) {
      if (one.asText("").equals(word)) {
        return true;
      }
    }
    return false;
  }
}
