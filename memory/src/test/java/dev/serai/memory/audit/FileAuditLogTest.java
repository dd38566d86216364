package dev.serai.memory.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.core.audit.AuditEvent;
import dev.serai.core.audit.AuditQuery;
import dev.serai.core.audit.AuditVerification;
import dev.serai.core.background.BackgroundThreads;
import dev.serai.core.caller.Identity;
import dev.serai.core.problem.CapacityProblem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileAuditLogTest {
  private static final long LARGE = 64L * 1024 * 1024;
  private static final String HEAD_IS_MISSING =
      "the file head is missing or damaged; entries may be missing at the end";
  private static final Instant NOW = Instant.parse("2026-11-29T01:00:00Z");
  private static final AuditQuery ALL =
      new AuditQuery(Optional.empty(), Optional.empty(), Long.MAX_VALUE, 1000);

  @TempDir Path state;

  private FileAuditLog log(long maxBytes) {
    return new FileAuditLog(state, maxBytes, () -> NOW, BackgroundThreads.unreported());
  }

  private static AuditEvent event(String tenant, String path) {
    return new AuditEvent(
        AuditEvent.Kind.BEGUN,
        NOW,
        Identity.recorded(tenant, "", "", "boss"),
        new AuditEvent.Action("req-1", "127.0.0.1", "POST", path, "admin:users"),
        0,
        "");
  }

  private Path segment() {
    return state.resolve("audit/000000001.audit");
  }

  private void rewrite(String old, String text) throws IOException {
    String content = Files.readString(segment());
    assertThat(content).contains(old);
    Files.writeString(segment(), content.replace(old, text));
  }

  @Test
  void entriesAreListedNewestFirstAndTheLogIsValid() {
    FileAuditLog log = log(LARGE);
    log.append(event("acme", "/v1/keys"));
    log.append(event("other", "/v1/keys/1"));
    assertThat(log.entries(ALL)).hasSize(2);
    assertThat(log.entries(ALL).getFirst())
        .startsWith("{\"seq\":2,\"time\":\"2026-11-29T01:00:00.000Z\",\"event\":\"begun\"")
        .contains("\"tenant\":\"other\",\"key\":\"boss\"");
    AuditVerification result = log.verify();
    assertThat(result.isValid()).isTrue();
    assertThat(result.entries()).isEqualTo(2);
    assertThat(log.entries(ALL).getFirst()).endsWith("\"hash\":\"" + result.hash() + "\"}");
  }

  @Test
  void anEmptyLogIsValid() {
    assertThat(log(LARGE).verify()).isEqualTo(new AuditVerification(0, 0, 0, "", Optional.empty()));
    assertThat(log(LARGE).entries(ALL)).isEmpty();
  }

  @Test
  void aQueryFindsTheEntriesOfATenantOrAKeyAndContinuesBeforeANumber() {
    FileAuditLog log = log(LARGE);
    for (int i = 0; i < 10; i++) {
      log.append(event(i % 2 == 0 ? "acme" : "\",\"tenant\":\"acme", "/v1/keys"));
    }
    List<String> found =
        log.entries(new AuditQuery(Optional.of("acme"), Optional.of("boss"), 8, 2));
    assertThat(found).hasSize(2);
    assertThat(found.get(0)).startsWith("{\"seq\":7,");
    assertThat(found.get(1)).startsWith("{\"seq\":5,");
    assertThat(log.entries(new AuditQuery(Optional.empty(), Optional.of("x"), 8, 2))).isEmpty();
  }

  @Test
  void aChangedEntryIsFound() throws IOException {
    threeEntries();
    rewrite("/v1/keys/1", "/v1/keys/9");
    assertThat(log(LARGE).verify().fault())
        .contains("000000001.audit, line 2: the entry was changed: its hash is another");
  }

  @Test
  void aRemovedEntryIsFound() throws IOException {
    threeEntries();
    List<String> lines = new ArrayList<>(Files.readAllLines(segment()));
    lines.remove(1);
    Files.write(segment(), lines);
    assertThat(log(LARGE).verify().fault()).contains("000000001.audit, line 2: entry 2 is missing");
  }

  @Test
  void entriesCutOffFromTheEndAreMissed() throws IOException {
    threeEntries();
    Files.write(segment(), Files.readAllLines(segment()).subList(0, 1));
    assertThat(log(LARGE).verify().fault()).contains("the entries 2 to 3 are missing");
  }

  @Test
  void entriesCutOffFromTheEndAreMissedAfterFurtherEntriesToo() throws IOException {
    threeEntries();
    Files.write(segment(), Files.readAllLines(segment()).subList(0, 1));
    FileAuditLog log = log(LARGE);
    log.append(event("acme", "/v1/keys"));
    log.append(event("acme", "/v1/keys"));
    assertThat(log.entries(ALL).getFirst()).startsWith("{\"seq\":5,");
    assertThat(log.verify().fault()).contains("000000001.audit, line 2: entry 2 is missing");
  }

  @Test
  void entriesCutOffTogetherWithTheFileThatNamesTheLastOneAreMissed() throws IOException {
    threeEntries();
    Files.write(segment(), Files.readAllLines(segment()).subList(0, 1));
    Files.writeString(state.resolve("audit/head"), "");
    assertThat(log(LARGE).verify().fault()).contains(HEAD_IS_MISSING);
    Files.delete(state.resolve("audit/head"));
    assertThat(log(LARGE).verify().fault()).contains(HEAD_IS_MISSING);
    log(LARGE).append(event("acme", "/after"));
    assertThat(log(LARGE).verify().fault()).contains("000000001.audit, line 2: entry 2 is missing");
  }

  @Test
  void anEntryThatIsWrittenAnewWithItsOwnHashIsFoundByTheNext() throws IOException {
    threeEntries();
    List<String> lines = new ArrayList<>(Files.readAllLines(segment()));
    AuditLine second = AuditLine.read(lines.get(1)).orElseThrow();
    lines.set(1, AuditLine.of(2, event("acme", "/forged"), second.previous()).text());
    Files.write(segment(), lines);
    assertThat(log(LARGE).verify().fault())
        .contains("000000001.audit, line 3: the entry before it was replaced");
  }

  @Test
  void anyChangedByteIsFound() throws IOException {
    threeEntries();
    byte[] good = Files.readAllBytes(segment());
    Random random = new Random(7);
    for (int i = 0; i < 500; i++) {
      byte[] bad = good.clone();
      int at = random.nextInt(bad.length);
      bad[at] = (byte) (bad[at] ^ (1 << random.nextInt(8)));
      Files.write(segment(), bad);
      assertThat(log(LARGE).verify().isValid())
          .as("byte %d of %s", at, new String(bad, StandardCharsets.UTF_8))
          .isFalse();
    }
  }

  private void threeEntries() {
    FileAuditLog log = log(LARGE);
    for (int i = 0; i < 3; i++) {
      log.append(event("acme", "/v1/keys/" + i));
    }
  }

  @Test
  void anIncompleteEntryAtTheEndIsRemovedByTheNextAppend() throws IOException {
    threeEntries();
    Files.writeString(segment(), "{\"seq\":4,\"time\":\"2026", StandardOpenOption.APPEND);
    FileAuditLog log = log(LARGE);
    assertThat(log.verify().isValid()).isTrue();
    log.append(event("acme", "/after"));
    assertThat(log.verify())
        .matches(AuditVerification::isValid)
        .matches(found -> found.entries() == 4);
  }

  @Test
  void twoGatewaysInOneFolderAppendToOneChain() throws Exception {
    FileAuditLog one = log(LARGE);
    FileAuditLog other = log(LARGE);
    one.append(event("acme", "/one"));
    other.append(event("acme", "/other"));
    one.append(event("acme", "/one"));
    assertThat(other.verify()).matches(AuditVerification::isValid).matches(v -> v.entries() == 3);
  }

  @Test
  void manyThreadsAppendToOneChainOverSeveralFiles() throws Exception {
    FileAuditLog log = log(512 * 1024);
    try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        all.add(threads.submit(() -> log.append(event("acme", "/v1/keys"))));
      }
      for (Future<?> each : all) {
        each.get();
      }
    }
    assertThat(log.verify()).matches(AuditVerification::isValid).matches(v -> v.last() == 400);
    assertThat(state.resolve("audit/000000002.audit")).exists();
    assertThat(log.entries(ALL)).hasSize(400);
  }

  @Test
  void aFullLogRefusesWhatIsPrivilegedAndLeavesRoomForItWhenRefusedRequestsFillIt() {
    FileAuditLog log = log(16 * 1024);
    log.start();
    for (int i = 0; i < 200; i++) {
      log.appendLater(event("acme", "/refused"));
    }
    log.close();
    log.append(event("acme", "/privileged"));
    assertThatThrownBy(
            () -> {
              for (int i = 0; i < 200; i++) {
                log.append(event("acme", "/privileged"));
              }
            })
        .isInstanceOfSatisfying(
            CapacityProblem.class, problem -> assertThat(problem.code()).isEqualTo("audit_full"));
    assertThat(log.verify().isValid()).isTrue();
  }

  @Test
  void theEndsOfServedRequestsAreRecordedInTheLastQuarterAndRefusedOnesAreNot() {
    FileAuditLog log = log(16 * 1024);
    for (int i = 0; log.bytes() < 12 * 1024; i++) {
      assertThat(i).as("entries in 12 KB").isLessThan(1000);
      log.append(event("acme", "/v1/keys"));
    }
    log.start();
    log.appendLater(ended(AuditEvent.Kind.REFUSED));
    log.appendLater(ended(AuditEvent.Kind.DONE));
    log.close();
    assertThat(log.entries(ALL).getFirst()).contains("\"event\":\"done\"");
    assertThat(log.entries(ALL)).noneMatch(entry -> entry.contains("\"event\":\"refused\""));
    assertThat(log.dropped()).isEqualTo(1);
    assertThat(log.verify().isValid()).isTrue();
  }

  private static AuditEvent ended(AuditEvent.Kind kind) {
    AuditEvent begun = event("acme", "/v1/keys");
    return new AuditEvent(kind, NOW, begun.identity(), begun.action(), 200, "");
  }

  @Test
  void aFolderThatCannotBeWrittenRefusesAndNothingIsLost() throws IOException {
    Files.writeString(state.resolve("audit"), "a file where the folder should be");
    assertThatThrownBy(() -> log(LARGE).append(event("acme", "/v1/keys")))
        .isInstanceOfSatisfying(
            CapacityProblem.class,
            problem -> assertThat(problem.code()).isEqualTo("audit_unavailable"));
    Files.delete(state.resolve("audit"));
    log(LARGE).append(event("acme", "/v1/keys"));
    assertThat(log(LARGE).verify().entries()).isEqualTo(1);
  }

  @Test
  void eventsThatAreAppendedLaterAreStoredWhenTheLogIsClosedAndDropsAreRecorded() {
    FileAuditLog log = log(LARGE);
    for (int i = 0; i < FileAuditLog.MAX_WAITING + 5; i++) {
      log.appendLater(event("acme", "/refused"));
    }
    log.start();
    log.close();
    assertThat(log.dropped()).isEqualTo(5);
    assertThat(log.verify().entries()).isEqualTo(FileAuditLog.MAX_WAITING + 1);
    assertThat(log.entries(new AuditQuery(Optional.empty(), Optional.empty(), 5_000, 5_000)))
        .anyMatch(line -> line.contains("\"event\":\"note\"") && line.contains("\"dropped_5\""));
  }
}
