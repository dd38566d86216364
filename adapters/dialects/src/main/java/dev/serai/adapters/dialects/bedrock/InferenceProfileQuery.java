package dev.serai.adapters.dialects.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.problem.ProviderProblems;
import dev.serai.adapters.dialects.translation.ModelList;
import dev.serai.adapters.dialects.translation.PageToken;
import dev.serai.core.dialect.Destination;
import dev.serai.core.dialect.ModelQuery;
import dev.serai.core.http.ProviderRequest;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * Lists the inference profiles of a region, page by page ("Amazon Bedrock API reference:
 * ListInferenceProfiles"): first AWS's own, which are called by id, then the account's, which are
 * called by ARN. A request without a type lists only the first. A profile counts if it is active
 * and one of its models is a chat model. At most {@value #MAX_PAGES} pages are read.
 */
final class InferenceProfileQuery implements ModelQuery {
  private static final int MAX_PAGES = 40;
  private static final int PAGE_SIZE = 250;
  private static final String SYSTEM = "SYSTEM_DEFINED";
  private static final String ACCOUNT = "APPLICATION";

  private final Destination destination;
  private final Set<String> chatModels;
  private final Set<String> names;
  private final Deque<String> types;
  private final PageToken token = new PageToken();
  private int pages;

  private InferenceProfileQuery(
      Destination destination, Set<String> chatModels, Set<String> names) {
    this.destination = destination;
    this.chatModels = chatModels;
    this.names = names;
    this.types = new ArrayDeque<>(List.of(SYSTEM, ACCOUNT));
  }

  /**
   * The query for the first page.
   *
   * @param chatModels the ids of the region's chat models
   * @param names the callable names so far, to which the profiles' names are added
   */
  static ModelQuery first(Destination destination, Set<String> chatModels, Set<String> names) {
    return new InferenceProfileQuery(destination, chatModels, names);
  }

  @Override
  public ProviderRequest request() {
    String page = "/inference-profiles?maxResults=" + PAGE_SIZE;
    String next = token.parameter("nextToken");
    return ModelListRequests.get(page + next + "&type=" + types.getFirst(), destination);
  }

  @Override
  public Outcome read(byte[] body) {
    JsonNode page = ModelList.tree(body, destination);
    JsonNode list = page.path("inferenceProfileSummaries");
    if (!list.isArray()) {
      throw ProviderProblems.malformed(
          destination, "a reply that is not a list of inference profiles");
    }
    list.forEach(this::take);
    pages++;
    if (!token.advance(page.path("nextToken").asText(""))) {
      types.removeFirst();
    }
    return types.isEmpty() || pages >= MAX_PAGES
        ? new Outcome.Complete(List.copyOf(names))
        : new Outcome.NextPage(this);
  }

  private void take(JsonNode profile) {
    boolean own = profile.path("type").asText("").equals(ACCOUNT);
    String name = profile.path(own ? "inferenceProfileArn" : "inferenceProfileId").asText("");
    boolean active = profile.path("status").asText("").equals("ACTIVE");
    if (active
        && leadsToChatModel(profile)
        && ModelList.isName(name)
        && names.size() < ModelList.MAX_NAMES) {
      names.add(name);
    }
  }

  /**
   * Whether one of the profile's models, listed by ARN (...:foundation-model/ID), is a chat model.
   */
  private boolean leadsToChatModel(JsonNode profile) {
    for (JsonNode model : profile.path("models")) {
      String arn = model.path("modelArn").asText("");
      if (chatModels.contains(arn.substring(arn.lastIndexOf('/') + 1))) {
        return true;
      }
    }
    return false;
  }
}
