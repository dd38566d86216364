package dev.serai.memory.ledger;

import static java.lang.Double.NaN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.call.Call;
import dev.serai.core.call.Call.Outcome;
import dev.serai.core.caller.Caller;
import dev.serai.core.chat.Usage;
import dev.serai.core.experiment.assigned.Assignment;
import dev.serai.core.routing.Candidate;
import dev.serai.core.routing.Decision;
import dev.serai.core.routing.Decision.Choice;
import dev.serai.core.routing.Decision.Source;
import dev.serai.core.routing.Draw;
import dev.serai.core.routing.Plan;
import dev.serai.core.routing.PolicyFeatures;
import dev.serai.core.routing.PolicyFeatures.Trait;
import dev.serai.core.usage.RecordedDecision;
import dev.serai.core.usage.UsageRecord;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JournalEntryTest {
  private final String id = CallFixtures.id(CallFixtures.NOW);

  @Test
  void aSuccessfulCallIsOneTerminalRowWithTheProvidersCount() {
    Usage usage = new Usage(1000, 200, 300, 40, 50, 10, 7, 8, "batch");
    Call call = CallFixtures.answered(id, usage);
    call.setCaller(new Caller("acme", "key-1", "sitzung-ä", "summary"));

    UsageRecord row = rows(call).getFirst();

    assertThat(row.requestId()).isEqualTo(id);
    assertThat(row.attempt()).isEqualTo(1);
    assertThat(row.terminal()).isTrue();
    assertThat(row.delivered()).isTrue();
    assertThat(row.estimated()).isFalse();
    assertThat(row.usage()).isEqualTo(usage);
    assertThat(row.caller()).isEqualTo(new Caller("acme", "key-1", "sitzung-ä", "summary"));
    assertThat(row.candidate()).isEqualTo(CallFixtures.GPT);
    assertThat(row.outcome()).isEqualTo(Outcome.ANSWERED);
    assertThat(row.problem()).isEmpty();
    assertThat(row.firstTokenMicros()).isPresent();
    assertThat(row.timeMillis()).isEqualTo(CallFixtures.NOW);
  }

  @Test
  void theSurfaceOfACallWithASessionIsThatOfItsClient() {
    Call call = CallFixtures.recalled(id);
    call.end(Outcome.FAILED, Optional.empty());
    assertThat(rows(call).getFirst().surface()).isEqualTo("openai");
  }

  @Test
  void aKeyInThePlaceOfTheModelIsNotStored() {
    Call call = CallFixtures.begun(id, "mock/sk-serai-3OxdvWw8rlhpJTIcRHJLAJ24u3cDUFoLU4wt");
    call.end(Outcome.FAILED, Optional.empty());
    assertThat(rows(call).getFirst().requestedModel()).isEqualTo("mock/[redacted]");
  }

  @Test
  void theCostThatAProviderReportsIsKept() {
    for (long nano : new long[] {0, 1_234_567}) {
      Usage usage = new Usage(10, 5, 0, 0, 0, 0, 0, 0, "", OptionalLong.of(nano));
      assertThat(rows(CallFixtures.answered(id, usage)).getFirst().usage()).isEqualTo(usage);
    }
  }

  @Test
  void teamUserAndTagsAreKeptSorted() {
    Call call = CallFixtures.answered(id, Usage.of(1, 1));
    call.setCaller(CallFixtures.caller("acme", Set.of("production", "blå"), Set.of("a", "blå")));

    Caller caller = rows(call).getFirst().caller();

    assertThat(caller.team()).isEqualTo("web");
    assertThat(caller.user()).isEqualTo("ann");
    assertThat(caller.allTags()).containsExactly("a", "blå", "production");
  }

  @Test
  void tagsAreBoundedAndThoseOfTheKeyGoFirst() {
    Set<String> own =
        IntStream.range(0, 40).mapToObj(i -> "z-own-" + (10 + i)).collect(Collectors.toSet());
    Call call = CallFixtures.answered(id, Usage.of(1, 1));
    call.setCaller(CallFixtures.caller("acme", own, Set.of("a".repeat(500))));

    List<String> tags = rows(call).getFirst().caller().allTags();

    assertThat(tags).hasSize(UsageRecord.MAX_TAGS).allMatch(tag -> tag.startsWith("z-own-"));
    call.setCaller(CallFixtures.caller("acme", Set.of(), Set.of("a".repeat(500))));
    assertThat(rows(call).getFirst().caller().allTags())
        .containsExactly("a".repeat(UsageRecord.MAX_TAG_LENGTH));
  }

  /** Entries that earlier versions of Serai have left. */
  @Test
  void entriesOfFormerVersionsAreRead() {
    assertReads(1, "");
    assertReads(2, "theirs-1");
    assertReads(3, "theirs-1");
    assertReads(4, "theirs-1");
  }

  private void assertReads(int version, String clientId) {
    EntryBuffer old = new EntryBuffer();
    old.number(version);
    old.text(id, 64);
    if (version > 1) {
      old.text(clientId, 64);
    }
    old.number(CallFixtures.NOW);
    for (String name : List.of("acme", "key-1", "s", "t")) {
      old.text(name, 64);
    }
    if (version > 2) {
      old.text("", 64); // team
      old.text("", 64); // user
      old.number(0); // tags
    }
    old.text("openai", 64);
    old.number(0); // chat
    old.text("fast", 64);
    old.number(0); // answered
    old.number(2000);
    old.text("", 64); // no problem
    old.number(1); // attempt
    old.text("openai", 64);
    old.text("gpt-5-mini", 64);
    old.number(0);
    old.number(1500);
    old.number(11);
    old.text("", 64);
    old.number(2 + 8); // delivered, plain
    for (long count : new long[] {10, 5, 3, 2}) {
      old.number(count);
    }
    old.number(0); // dropped
    if (version > 3) {
      decision(old);
    }

    byte[] bytes = Arrays.copyOf(old.array(), old.length());
    assertThat(EntryReader.isKnown(bytes)).isTrue();
    UsageRecord row = EntryReader.read(bytes).getFirst();

    assertThat(row.requestId()).isEqualTo(id);
    assertThat(row.clientRequestId()).isEqualTo(clientId);
    assertThat(row.caller()).isEqualTo(new Caller("acme", "key-1", "s", "t"));
    assertThat(row.candidate()).isEqualTo(CallFixtures.GPT);
    assertThat(row.usage()).isEqualTo(new Usage(10, 5, 3, 0, 2));
    assertThat(row.firstTokenMicros()).hasValue(10);
    assertThat(row.delivered()).isTrue();
    assertThat(row.decision().isPresent()).isEqualTo(version > 3);
  }

  /** A decision for one of two candidates, without features. */
  private static void decision(EntryBuffer old) {
    old.number(3);
    for (String text : List.of("openai", "gpt-5-mini", "anthropic", "claude")) {
      old.text(text, 64);
    }
    for (String text : List.of("priority", "alias", "alias fast", "primary")) {
      old.text(text, 64);
    }
    old.number(250_000);
    old.text("", 64); // no bandit
    old.text("", 64); // no features
  }

  @Test
  void howTheCandidateWasChosenIsKeptInTheFirstRow() {
    PolicyFeatures features =
        new PolicyFeatures("code", 1_234, 3, Set.of(Trait.TOOLS, Trait.OTHER_LANGUAGE));
    Draw draw = new Draw("pooled", "code", Optional.of(features), false, () -> 0.75);
    Call call = CallFixtures.decided(id, CallFixtures.decision("bandit", Optional.of(draw), 0.75));

    assertThat(rows(call).getFirst().decision())
        .contains(
            new RecordedDecision(
                "bandit",
                "alias",
                "alias fast",
                "primary",
                2,
                List.of(CallFixtures.GPT, CallFixtures.CLAUDE),
                "pooled",
                OptionalDouble.of(0.75),
                Optional.of(features)));
    List<UsageRecord> rows = rows(CallFixtures.failedOver(id, Usage.of(1, 1)));
    assertThat(rows).extracting(UsageRecord::decision).containsOnly(Optional.empty());
  }

  @Test
  void theVariantOfACallInAnExperimentIsKeptAlsoWithOneCandidate() {
    for (boolean challenger : List.of(true, false)) {
      Assignment assignment = new Assignment("exp-1", "b", challenger);
      Plan plan = new Plan("fast", List.of(CallFixtures.GPT), "provider named").of(assignment);
      RecordedDecision kept =
          rows(CallFixtures.planned(id, plan)).getFirst().decision().orElseThrow();
      assertThat(kept.assignment()).contains(assignment);
      assertThat(kept.candidates()).containsExactly(CallFixtures.GPT);
      assertThat(kept.propensity()).isEmpty();
      assertThat(kept.reason()).isEqualTo("experiment exp-1/b, provider named");
    }
  }

  @Test
  void anUnknownPropensityIsKeptAsUnknownAndManyCandidatesAreCounted() {
    List<Candidate> many =
        IntStream.range(0, 40).mapToObj(i -> new Candidate("p" + i, "m/" + i)).toList();
    Decision decision =
        new Decision(
            "load_balanced", Source.REQUEST, Choice.REPLACED, many, Optional.empty(), () -> NaN);
    RecordedDecision kept =
        rows(CallFixtures.decided(id, decision)).getFirst().decision().orElseThrow();

    assertThat(kept.propensity()).isEmpty();
    assertThat(kept.features()).isEmpty();
    assertThat(kept.targets()).isEqualTo(40);
    assertThat(kept.candidates()).isEqualTo(many.subList(0, RecordedDecision.MAX_CANDIDATES));
  }

  @Test
  void everyAttemptHasARowAndTheLastIsTerminal() {
    List<UsageRecord> rows = rows(CallFixtures.failedOver(id, Usage.of(10, 5)));

    assertThat(rows).extracting(UsageRecord::attempt).containsExactly(1, 2);
    assertThat(rows).extracting(UsageRecord::terminal).containsExactly(false, true);
    assertThat(rows).extracting(UsageRecord::delivered).containsExactly(false, true);
    assertThat(rows.getFirst().problem()).contains("external_service_error");
    assertThat(rows.getFirst().cause()).contains("overloaded");
    assertThat(rows.getLast().cause()).isEmpty();
    assertThat(rows.getFirst().outcome()).isEqualTo(Outcome.FAILED);
    assertThat(rows.getFirst().usage().total()).isZero();
    assertThat(rows.getLast().dropped()).containsExactly("seed", "logprobs");
  }

  @Test
  void aCallThatReachedNoProviderHasOneRow() {
    List<UsageRecord> rows = rows(CallFixtures.unknownModel(id));

    assertThat(rows).hasSize(1);
    assertThat(rows.getFirst().attempt()).isZero();
    assertThat(rows.getFirst().terminal()).isTrue();
    assertThat(rows.getFirst().problem()).contains("model_not_found");
    assertThat(rows.getFirst().requestedModel()).isEqualTo("nonsense");
  }

  @Test
  void aCancelledStreamIsChargedForWhatWasReceived() {
    UsageRecord uncounted = rows(CallFixtures.left(id, Optional.empty(), 12)).getFirst();
    UsageRecord counted = rows(CallFixtures.left(id, Optional.of(Usage.of(90, 1)), 12)).getFirst();

    assertThat(uncounted.estimated()).isTrue();
    assertThat(uncounted.delivered()).isTrue();
    assertThat(uncounted.usage().output()).isEqualTo(12);
    assertThat(counted.estimated()).isTrue();
    assertThat(counted.usage()).isEqualTo(Usage.of(90, 12));
  }

  @Test
  void aLongNameIsCut() {
    Call call = CallFixtures.begun(id, "m".repeat(5000));
    call.end(Outcome.FAILED, Optional.empty());

    assertThat(rows(call).getFirst().requestedModel()).hasSize(UsageRecord.MAX_NAME_LENGTH);
  }

  private static List<UsageRecord> rows(Call call) {
    EntryBuffer bytes = EntryWriter.of(call, CallFixtures.NOW);
    return EntryReader.read(Arrays.copyOf(bytes.array(), bytes.length()));
  }
}
