package dev.serai.adapters.dialects.vertex;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.problem.ProviderProblems;
import dev.serai.adapters.dialects.translation.JsonHeaders;
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
 * Lists the models of both publishers, page by page (Vertex AI REST reference,
 * publishers.models.list): Gemini, embeddings and Claude. Reads at most {@value #MAX_PAGES} pages
 * of each publisher.
 */
final class ModelListQuery implements ModelQuery {
  private static final int MAX_PAGES = 10;
  private static final List<String> PUBLISHERS =
      List.of(ModelResource.GOOGLE, ModelResource.ANTHROPIC);

  private final Destination destination;
  private final Set<String> names = new LinkedHashSet<>();
  private int publisher;
  private final PageToken token = new PageToken();
  private int pages;

  ModelListQuery(Destination destination) {
    this.destination = destination;
  }

  @Override
  public ProviderRequest request() {
    String path = "/publishers/" + PUBLISHERS.get(publisher) + "/models?pageSize=300";
    HeaderFields headers = JsonHeaders.withBearer(new HeaderFields(), destination);
    return ModelList.request(path + token.parameter("pageToken"), headers);
  }

  @Override
  public Outcome read(byte[] body) {
    JsonNode page = ModelList.tree(body, destination);
    JsonNode list = page.path("publisherModels");
    if (!page.isObject() || !list.isArray() && !list.isMissingNode()) {
      throw ProviderProblems.malformed(destination, "something that is not a list of models");
    }
    list.forEach(this::take);
    return advances(page.path("nextPageToken").asText(""))
        ? new Outcome.NextPage(this)
        : new Outcome.Complete(List.copyOf(names));
  }

  /** Moves to the next page, which may be the first one of the next publisher. */
  private boolean advances(String next) {
    pages++;
    if (token.advance(next) && pages < MAX_PAGES) {
      return true;
    }
    token.reset();
    pages = 0;
    publisher++;
    return publisher < PUBLISHERS.size();
  }

  private void take(JsonNode model) {
    String resource = model.path("name").asText("");
    String name = resource.substring(resource.lastIndexOf('/') + 1);
    boolean callable =
        name.startsWith("gemini-") || name.startsWith("claude-") || name.contains("embedding");
    if (callable && ModelList.isName(name) && names.size() < ModelList.MAX_NAMES) {
      names.add(name);
    }
  }
}
