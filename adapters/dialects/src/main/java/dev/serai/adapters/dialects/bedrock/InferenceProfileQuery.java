package dev.serai.adapters.dialects.bedrock;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.adapters.dialects.translation.ModelList;
import dev.serai.adapters.dialects.translation.ProviderProblems;
import dev.serai.core.dialect.Destination;
import dev.serai.core.dialect.ModelQuery;
import dev.serai.core.http.ProviderRequest;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * The inference profiles of a region, page by page ("Amazon Bedrock API reference:
 * ListInferenceProfiles"): first AWS's own, which are called by id, then the account's, which are
 * called by ARN. Without a type only the first are told. A profile counts if it is active and a
 * model behind it can be conversed with.
 *
 * <p>At most {@value #MOST_PAGES} pages are asked for; what they have not told is left out.
 */
final class InferenceProfileQuery implements ModelQuery {
  private static final int MOST_PAGES = 40;
  private static final int PAGE = 250;
  private static final int LONGEST_TOKEN = 2048;
  private static final String SYSTEM = "SYSTEM_DEFINED";
  private static final String ACCOUNT = "APPLICATION";

  private final Destination destination;
  private final Set<String> speaking;
  private final Set<String> names;
  private final Deque<String> types;
  private String token = "";
  private int asked;

  private InferenceProfileQuery(Destination destination, Set<String> speaking, Set<String> names) {
    this.destination = destination;
    this.speaking = speaking;
    this.names = names;
    this.types = new ArrayDeque<>(List.of(SYSTEM, ACCOUNT));
  }

  /**
   * The first question.
   *
   * @param speaking ids of the models that can be conversed with
   * @param names what can be called so far; those of profiles are added
   */
  static ModelQuery first(Destination destination, Set<String> speaking, Set<String> names) {
    return new InferenceProfileQuery(destination, speaking, names);
  }

  @Override
  public ProviderRequest request() {
    String page = "/inference-profiles?maxResults=" + PAGE;
    String next = token.isEmpty() ? "" : "&nextToken=" + encoded(token);
    return ModelListRequests.get(page + next + "&type=" + types.getFirst(), destination);
  }

  /** As signatures want it: a space is %20, and what they leave alone stays. */
  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  @Override
  public Outcome read(byte[] body) {
    JsonNode page = ModelList.tree(body, destination);
    JsonNode list = page.path("inferenceProfileSummaries");
    if (!list.isArray()) {
      throw ProviderProblems.garbled(
          destination, "something that is no list of inference profiles");
    }
    list.forEach(this::take);
    asked++;
    String next = page.path("nextToken").asText("");
    boolean more = !next.isEmpty() && !next.equals(token) && next.length() <= LONGEST_TOKEN;
    token = more ? next : "";
    if (!more) {
      types.removeFirst();
    }
    return types.isEmpty() || asked >= MOST_PAGES
        ? new Outcome.Complete(List.copyOf(names))
        : new Outcome.NextPage(this);
  }

  private void take(JsonNode profile) {
    boolean own = profile.path("type").asText("").equals(ACCOUNT);
    String name = profile.path(own ? "inferenceProfileArn" : "inferenceProfileId").asText("");
    boolean active = profile.path("status").asText("").equals("ACTIVE");
    if (active && speaks(profile) && ModelList.isName(name) && names.size() < ModelList.MOST) {
      names.add(name);
    }
  }

  /** Its models are told by ARN: ...:foundation-model/ID. */
  private boolean speaks(JsonNode profile) {
    for (JsonNode model : profile.path("models")) {
      String arn = model.path("modelArn").asText("");
      if (speaking.contains(arn.substring(arn.lastIndexOf('/') + 1))) {
        return true;
      }
    }
    return false;
  }
}
