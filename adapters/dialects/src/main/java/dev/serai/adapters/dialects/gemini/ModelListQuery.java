package dev.serai.adapters.dialects.gemini;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.problem.ProviderProblems;
import dev.serai.adapters.dialects.translation.ModelList;
import dev.serai.adapters.dialects.translation.PageToken;
import dev.serai.core.dialect.Destination;
import dev.serai.core.dialect.ModelQuery;
import dev.serai.core.http.HeaderFields;
import dev.serai.core.http.ProviderRequest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Lists the models of a provider, page by page (ai.google.dev/api/models): those that generate
 * content or embeddings. Reads at most {@value #MAX_PAGES} pages.
 */
final class ModelListQuery implements ModelQuery {
  private static final int MAX_PAGES = 10;
  private static final String COLLECTION = "models/";
  private static final Set<String> METHODS =
      Set.of("generateContent", "embedContent", "batchEmbedContents");

  private final Destination destination;
  private final Set<String> names = new LinkedHashSet<>();
  private final PageToken token = new PageToken();
  private int asked;

  ModelListQuery(Destination destination) {
    this.destination = destination;
  }

  @Override
  public ProviderRequest request() {
    HeaderFields headers = new HeaderFields();
    destination.key().ifPresent(key -> headers.add("x-goog-api-key", key));
    return ModelList.request("/models?pageSize=1000" + token.parameter("pageToken"), headers);
  }

  @Override
  public Outcome read(byte[] body) {
    JsonNode page = ModelList.tree(body, destination);
    JsonNode list = page.path("models");
    if (!list.isArray()) {
      throw ProviderProblems.malformed(destination, "something that is not a list of models");
    }
    list.forEach(this::take);
    asked++;
    return token.advance(page.path("nextPageToken").asText("")) && asked < MAX_PAGES
        ? new Outcome.NextPage(this)
        : new Outcome.Complete(List.copyOf(names));
  }

  /** A model without a list of methods is from a server that supports only these. */
  private void take(JsonNode model) {
    String said = model.path("name").asText("");
    String name = said.startsWith(COLLECTION) ? said.substring(COLLECTION.length()) : said;
    JsonNode methods = model.path("supportedGenerationMethods");
    boolean usable = methods.isMissingNode();
    for (JsonNode method : methods) {
      usable |= METHODS.contains(method.asText(""));
    }
    if (usable && ModelList.isName(name) && names.size() < ModelList.MAX_NAMES) {
      names.add(name);
    }
  }
}
