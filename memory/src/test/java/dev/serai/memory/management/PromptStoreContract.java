package dev.serai.memory.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.keys.KeyQuery;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.prompt.Prompt;
import dev.serai.core.prompt.PromptProblems;
import dev.serai.core.prompt.PromptStore;
import dev.serai.core.prompt.PromptVersion;
import dev.serai.core.prompt.PublishedPrompt;
import dev.serai.memory.database.Database;
import dev.serai.memory.database.Sql;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Prompts that are stored, on every database, with two gateways on one database. */
abstract class PromptStoreContract extends ExperimentStoreContract {
  private static final String PRODUCTION = "production";

  private final String tenant = "t" + UUID.randomUUID();

  private static PromptStore of(Opened gateway) {
    return gateway.store().prompts();
  }

  private Prompt prompt(String name) {
    return new Prompt("", tenant, name, "Greets.", false, 0, new TreeMap<>(), Instant.EPOCH, "ada");
  }

  private static PromptVersion version(String content) {
    return new PromptVersion(0, content, "why", Instant.EPOCH, "ada");
  }

  private Prompt withVersions(String name, int versions) {
    Prompt made = of(first).create(prompt(name));
    for (int i = 1; i <= versions; i++) {
      of(first).add(made.id(), version("{\"n\":" + i + "}"), Optional.empty());
    }
    return of(first).find(made.id()).orElseThrow();
  }

  @Test
  void aPromptIsStoredListedFoundByNameAndDeletedWithItsVersions() {
    Prompt one = of(first).create(prompt("greet"));
    Prompt other = of(second).create(prompt("part"));
    assertThat(one.id()).startsWith("prompt_");
    assertThat(one.created()).isEqualTo(now.get());
    assertThat(of(second).find(one.id())).contains(one);
    assertThat(of(second).find(tenant, "greet")).contains(one);
    assertThat(of(second).find("other", "greet")).as("another tenant's").isEmpty();
    KeyQuery all = new KeyQuery(Optional.of(tenant), Optional.empty(), 10);
    assertThat(of(first).list(all)).containsExactlyInAnyOrder(one, other);
    refused(409, "prompt_exists", () -> of(second).create(prompt("greet")));

    PromptVersion added =
        of(second).add(one.id(), version("{\"a\":1}"), Optional.empty()).orElseThrow();
    assertThat(added).isEqualTo(new PromptVersion(1, "{\"a\":1}", "why", now.get(), "ada"));
    assertThat(of(first).version(one.id(), 1)).contains(added);
    assertThat(of(first).version(one.id(), 2)).isEmpty();
    assertThat(of(first).delete(one.id())).isTrue();
    assertThat(of(second).delete(one.id())).isFalse();
    assertThat(of(second).version(one.id(), 1)).isEmpty();
    assertThat(of(first).add(one.id(), version("{}"), Optional.empty())).isEmpty();
    assertThat(of(first).change(one.id(), prompt -> prompt)).isEmpty();
  }

  @Test
  void versionsAreNumberedListedAndANumberIsNotGivenAgain() {
    Prompt made = withVersions("numbered", 3);
    assertThat(made.lastVersion()).isEqualTo(3);
    assertThat(of(second).versions(made.id(), Integer.MAX_VALUE, 2))
        .extracting(PromptVersion::number)
        .containsExactly(3, 2);
    assertThat(of(second).versions(made.id(), 2, 2))
        .extracting(PromptVersion::content)
        .containsExactly("{\"n\":1}");
    assertThat(of(second).deleteVersion(made.id(), 3)).isTrue();
    assertThat(of(first).deleteVersion(made.id(), 3)).isFalse();
    assertThat(of(first).add(made.id(), version("{}"), Optional.empty()).orElseThrow().number())
        .isEqualTo(4);
  }

  @Test
  void aLabelPointsToAVersionThatExistsAndProtectsIt() {
    Prompt made = withVersions("labelled", 2);
    refused(
        404,
        "prompt_version_not_found",
        () -> of(first).change(made.id(), one -> one.labelled(PRODUCTION, 3)));
    of(first).change(made.id(), one -> one.labelled(PRODUCTION, 2));
    assertThat(of(second).find(made.id()).orElseThrow().labels()).containsEntry(PRODUCTION, 2);
    refused(409, "prompt_version_labelled", () -> of(second).deleteVersion(made.id(), 2));
    refused(409, "prompt_labelled", () -> of(second).delete(made.id()));
    PromptVersion third =
        of(second).add(made.id(), version("{}"), Optional.of(PRODUCTION)).orElseThrow();
    assertThat(of(first).find(made.id()).orElseThrow().labels())
        .containsEntry(PRODUCTION, third.number());
    assertThat(of(first).deleteVersion(made.id(), 2)).isTrue();
    of(first).change(made.id(), one -> one.unlabelled(PRODUCTION));
    assertThat(of(first).delete(made.id())).isTrue();
  }

  @Test
  void aPromptInTheArchiveGetsNoVersions() {
    Prompt made = withVersions("old", 1);
    of(first).change(made.id(), one -> one.described("Retired.", true));
    assertThat(of(second).find(made.id()).orElseThrow())
        .isEqualTo(made.described("Retired.", true));
    refused(
        409, "prompt_archived", () -> of(second).add(made.id(), version("{}"), Optional.empty()));
  }

  @Test
  void aTenantHasBoundedRoom() {
    Prompt made = of(first).create(prompt("large"));
    String large = "{\"a\":\"" + "x".repeat(4 << 20) + "\"}";
    of(first).add(made.id(), version(large), Optional.empty());
    refused(409, "prompts_full", () -> of(first).add(made.id(), version(large), Optional.empty()));
    assertThat(of(first).deleteVersion(made.id(), 1)).isTrue();
    assertThat(of(first).delete(made.id())).isTrue();
  }

  @Test
  void aVersionCountsItsCommentAndItsObjects() {
    Prompt made = of(first).create(prompt("commented"));
    String half = "x".repeat((4 << 20) - 2_048);
    PromptVersion commented = new PromptVersion(0, "", half, Instant.EPOCH, "ada");
    of(first).add(made.id(), commented, Optional.empty());
    of(first).add(made.id(), commented, Optional.empty());
    refused(409, "prompts_full", () -> of(first).add(made.id(), version(""), Optional.empty()));
    assertThat(of(first).delete(made.id())).isTrue();
  }

  @Test
  void aPromptHasBoundedVersionsAndAllAreRead() throws Exception {
    AtomicReference<List<PublishedPrompt>> there = new AtomicReference<>(List.of());
    second.store().reportPrompts(there::set);
    Prompt made = of(first).create(prompt("many"));
    try (Connection connection = new Database(url(), folder).connect()) {
      for (int i = 1; i < 1_000; i++) {
        Sql.run(
            connection,
            "INSERT INTO prompt_version (prompt, number, content, size_bytes, comment, created_ms,"
                + " created_by) VALUES (?, ?, ?, 1, '', 0, '')",
            made.id(),
            i,
            "c" + i);
      }
      Sql.run(connection, "UPDATE prompt SET last_version = 999 WHERE id = ?", made.id());
    }
    of(first).add(made.id(), version("c1000"), Optional.empty());
    until(() -> published(there, made).filter(one -> one.versions().size() == 1_000).isPresent());
    assertThat(published(there, made).orElseThrow().versions())
        .allSatisfy(one -> assertThat(one.content()).isEqualTo("c" + one.number()));
    refused(
        409, "too_many_versions", () -> of(first).add(made.id(), version(""), Optional.empty()));
    assertThat(of(first).delete(made.id())).isTrue();
  }

  /**
   * Each move expects the version that it has read, so of two that read the same one is refused.
   */
  @Test
  void ofMovesOfALabelInTwoGatewaysAtOnceNoneIsLost() throws Exception {
    Prompt made = withVersions("raced", 20);
    of(first).change(made.id(), one -> one.labelled(PRODUCTION, 1));
    List<Future<Integer>> moves = new ArrayList<>();
    try (ExecutorService callers = Executors.newFixedThreadPool(4)) {
      for (int i = 0; i < 4; i++) {
        Opened gateway = i % 2 == 0 ? first : second;
        moves.add(callers.submit(() -> moveToTheNext(gateway, made.id())));
      }
      int done = 0;
      for (Future<Integer> move : moves) {
        done += move.get();
      }
      assertThat(of(second).find(made.id()).orElseThrow().labels())
          .as("every move counted once")
          .containsEntry(PRODUCTION, 1 + done);
    }
  }

  private static int moveToTheNext(Opened gateway, String id) {
    int done = 0;
    for (int i = 0; i < 4; i++) {
      int read = of(gateway).find(id).orElseThrow().labels().get(PRODUCTION);
      try {
        of(gateway).change(id, former -> moved(former, read));
        done++;
      } catch (CallerProblem e) {
        assertThat(e.status()).isEqualTo(412);
      }
    }
    return done;
  }

  private static Prompt moved(Prompt former, int expected) {
    int now = former.labels().get(PRODUCTION);
    if (now != expected) {
      throw PromptProblems.labelMoved(PRODUCTION, Optional.of(now));
    }
    return former.labelled(PRODUCTION, now + 1);
  }

  @Test
  void changesReachTheCallsOfBothGateways() throws Exception {
    AtomicReference<List<PublishedPrompt>> here = new AtomicReference<>(List.of());
    AtomicReference<List<PublishedPrompt>> there = new AtomicReference<>(List.of());
    first.store().reportPrompts(here::set);
    second.store().reportPrompts(there::set);
    Prompt made = withVersions("told", 2);
    of(first).change(made.id(), one -> one.labelled(PRODUCTION, 1));
    assertThat(versionOf(here, made)).as("at once").isEqualTo(1);
    until(() -> versionOf(there, made) == 1);
    of(second).change(made.id(), one -> one.labelled(PRODUCTION, 2));
    assertThat(versionOf(there, made)).isEqualTo(2);
    until(() -> versionOf(here, made) == 2);
    assertThat(published(here, made).orElseThrow().versions())
        .extracting(PromptVersion::content)
        .containsExactly("{\"n\":1}", "{\"n\":2}");
  }

  private static Optional<PublishedPrompt> published(
      AtomicReference<List<PublishedPrompt>> known, Prompt made) {
    return known.get().stream().filter(one -> one.prompt().id().equals(made.id())).findFirst();
  }

  private static int versionOf(AtomicReference<List<PublishedPrompt>> known, Prompt made) {
    return published(known, made)
        .map(one -> one.prompt().labels().getOrDefault(PRODUCTION, 0))
        .orElse(0);
  }

  private static void refused(int status, String code, Runnable change) {
    assertThatThrownBy(change::run)
        .isInstanceOfSatisfying(
            CallerProblem.class,
            problem -> {
              assertThat(problem.status()).isEqualTo(status);
              assertThat(problem.code()).isEqualTo(code);
            });
  }
}
