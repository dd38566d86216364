package dev.serai.memory.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.cache.ResponseKey;
import dev.serai.core.cache.meaning.MeaningKey;
import dev.serai.core.cache.meaning.PromptSignature;
import dev.serai.core.cache.meaning.SimilarPrompts.Similar;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.RoutingCriteria;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which question is found for another one. */
class InMemorySimilarPromptsTest {
  private static final String STORED = "How do I delete a file?";
  private static final String REWORDED = "Please tell me how to remove a file.";

  private long now = 1;
  private long bytes = 1_000_000;
  private final InMemorySimilarPrompts prompts =
      new InMemorySimilarPrompts(
          () -> new InMemoryResponseCache.Bounds(bytes, 50), () -> 0.8, () -> now);

  private static ResponseKey key(String tenant, String request) {
    return new ResponseKey(
        tenant, "openai", "m", Set.of(new Candidate("p", "m")), RoutingCriteria.NONE, request, "");
  }

  /**
   * Of a question in a scope; its embedding is at an angle, whose cosine to 0 is the similarity.
   */
  private static MeaningKey question(String tenant, String scope, String text, double cosine) {
    float[] embedding = {(float) cosine, (float) Math.sqrt(1 - cosine * cosine)};
    return new MeaningKey(key(tenant, scope), PromptSignature.of(text).orElseThrow(), embedding);
  }

  private Optional<String> found(String tenant, String scope, String text, double cosine) {
    return prompts
        .find(question(tenant, scope, text, cosine))
        .map(Similar::response)
        .map(ResponseKey::request);
  }

  private void put(String tenant, String scope, String text, String response) {
    prompts.put(question(tenant, scope, text, 1), key(tenant, response));
  }

  @Test
  void aQuestionInOtherWordsIsFoundWithItsSimilarity() {
    put("t", "s", STORED, "a");
    assertThat(prompts.find(question("t", "s", REWORDED, 0.9)))
        .hasValueSatisfying(
            found -> {
              assertThat(found.response().request()).isEqualTo("a");
              assertThat(found.similarity()).isBetween(0.89, 0.91);
            });
  }

  @Test
  void oneThatIsFarOrHasOtherWordsIsNotFound() {
    put("t", "s", STORED, "a");
    assertThat(found("t", "s", REWORDED, 0.79)).isEmpty();
    assertThat(found("t", "s", "How do I delete 2 files?", 1)).isEmpty();
  }

  @Test
  void anotherTenantOrAnotherScopeFindsNothing() {
    put("t", "s", STORED, "a");
    assertThat(found("u", "s", STORED, 1)).isEmpty();
    assertThat(found("t", "r", STORED, 1)).isEmpty();
  }

  @Test
  void aQuestionNearAnotherOneThatAsksForSomethingElseHasToBeMetMoreClosely() {
    put("t", "s", STORED, "a");
    prompts.put(question("t", "s", "How do I delete a folder?", 0.92), key("t", "b"));
    assertThat(found("t", "s", REWORDED, 0.9)).isEmpty();
    assertThat(found("t", "s", REWORDED, 0.93)).contains("a");
    put("t", "n", STORED, "c");
    prompts.put(question("t", "n", "How do I delete 2 files?", 0.92), key("t", "d"));
    assertThat(found("t", "n", REWORDED, 0.9)).as("a number is seen in any case").contains("c");
  }

  @Test
  void theNearestIsFoundAndAnotherTimeReplacesTheFirst() {
    put("t", "s", STORED, "a");
    prompts.put(question("t", "s", REWORDED, 0.9), key("t", "b"));
    assertThat(found("t", "s", REWORDED, 0.9)).contains("b");
    long held = prompts.bytes();
    put("t", "s", STORED, "a");
    assertThat(prompts.bytes()).isEqualTo(held);
  }

  @Test
  void aQuestionIsHeldForItsTimeAndUntilAllAreDropped() {
    put("t", "s", STORED, "a");
    now += 49;
    assertThat(found("t", "s", STORED, 1)).contains("a");
    now += 1;
    assertThat(found("t", "s", STORED, 1)).isEmpty();
    put("t", "s", STORED, "a");
    prompts.clear();
    assertThat(found("t", "s", STORED, 1)).isEmpty();
    assertThat(prompts.bytes()).isZero();
  }

  @Test
  void theBytesAreBoundedAndTheOldestGoFirst() {
    bytes = 20_000;
    for (int i = 0; i < 1_000; i++) {
      put("t", "s" + i % 7, "What is " + i + "?", "r" + i);
      assertThat(prompts.bytes()).isLessThanOrEqualTo(bytes);
    }
    assertThat(found("t", "s0", "What is 0?", 1)).isEmpty();
    assertThat(found("t", "s" + 999 % 7, "What is 999?", 1)).contains("r999");
    bytes = 100;
    put("t", "s", STORED, "too large");
    assertThat(found("t", "s", STORED, 1)).isEmpty();
  }

  @Test
  void aHundredThousandRandomCallsNeverGetTheResponseOfAnotherTenant() {
    bytes = 100_000_000;
    Random random = new Random(2026);
    int hits = 0;
    for (int call = 0; call < 100_000; call++) {
      String tenant = "t" + random.nextInt(20);
      String text = (random.nextBoolean() ? "Tell me what is " : "What's ") + random.nextInt(40);
      MeaningKey asked = question(tenant, "s" + random.nextInt(3), text, 1);
      Optional<Similar> found = prompts.find(asked);
      if (found.isPresent()) {
        hits++;
        assertThat(found.get().response().tenant()).isEqualTo(tenant);
        assertThat(found.get().response().request()).startsWith(tenant + " ");
      } else {
        prompts.put(asked, key(tenant, tenant + " " + call));
      }
    }
    assertThat(hits).isGreaterThan(50_000);
  }
}
