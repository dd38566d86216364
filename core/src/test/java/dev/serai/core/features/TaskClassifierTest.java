package dev.serai.core.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.core.features.LabelledPrompts.Prompt;
import dev.serai.core.model.Capability;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaskClassifierTest {
  private static final double SURE = 0.8;

  /** How many guesses are right, and how many of those that are sure. */
  private record Score(double right, double sureRight, double sure, List<String> mistakes) {
    static Score of(List<Prompt> prompts) {
      int right = 0;
      int sure = 0;
      int sureRight = 0;
      List<String> mistakes = new ArrayList<>();
      for (Prompt prompt : prompts) {
        TaskGuess guess = guess(prompt.text());
        boolean matches = guess.cluster() == prompt.cluster();
        right += matches ? 1 : 0;
        sure += guess.confidence() > SURE ? 1 : 0;
        sureRight += matches && guess.confidence() > SURE ? 1 : 0;
        if (!matches) {
          mistakes.add(guess + " for " + prompt);
        }
      }
      return new Score(
          (double) right / prompts.size(),
          (double) sureRight / sure,
          (double) sure / prompts.size(),
          mistakes);
    }
  }

  private static TaskGuess guess(String question) {
    return guess("", question, Set.of());
  }

  private static TaskGuess guess(String system, String question, Set<Capability> needs) {
    return TaskClassifier.classify(
        new PromptOutline(system, "", question, new PrefixKeys(0, 0), 0, 1, needs, Set.of()));
  }

  @Test
  void theLabelledPromptsAreManyAndOfEveryClusterInEveryLanguage() {
    Set<String> pairs = new HashSet<>();
    LabelledPrompts.all().forEach(p -> pairs.add(p.cluster() + " " + p.language()));
    assertThat(LabelledPrompts.all()).hasSizeGreaterThan(600);
    assertThat(pairs).hasSize(TaskCluster.values().length * (Language.values().length - 1));
  }

  @Test
  void ofThePromptsThatWereHeldOutMoreThan9In10AreRight() {
    Score score = Score.of(LabelledPrompts.split().heldOut());
    assertThat(score.right()).as("%s", score.mistakes()).isGreaterThanOrEqualTo(0.93);
    assertThat(score.sureRight()).as("%s", score.mistakes()).isGreaterThanOrEqualTo(0.98);
    assertThat(score.sure()).isGreaterThan(0.6);
  }

  /** The lists of words were improved with the held out prompts at hand; not with these. */
  @Test
  void ofThePromptsThatWereWrittenAfterTheModel6In7AreRight() {
    Score score = Score.of(LabelledPrompts.later());
    assertThat(score.right()).as("%s", score.mistakes()).isGreaterThanOrEqualTo(0.85);
    assertThat(score.sureRight()).as("%s", score.mistakes()).isGreaterThanOrEqualTo(0.95);
  }

  @Test
  void theShippedModelIsWhatTheTrainerWrites() {
    String written = TaskTrainer.model(LabelledPrompts.split().learned());
    List<String> lines = written.lines().filter(line -> !line.startsWith("#")).toList();
    assertThat(HashedWords.lines("task-model.txt"))
        .as("run TaskTrainer after a change of the words or the prompts")
        .isEqualTo(lines);
  }

  @Test
  void aCodeFenceMeansCode() {
    assertThat(guess("What happens here?\n```\nlet x = f(1);\nreturn x;\n```").cluster())
        .isEqualTo(TaskCluster.CODE);
  }

  @ParameterizedTest
  @EnumSource(names = {"JSON_MODE", "STRUCTURED_OUTPUT"})
  void aRequestForJsonIsOneAlthoughItsTextDoesNotSaySo(Capability asked) {
    String text = "The weather of Lyon tomorrow.";
    assertThat(guess(text).cluster()).isNotEqualTo(TaskCluster.JSON);
    assertThat(guess("", text, EnumSet.of(asked)).cluster()).isEqualTo(TaskCluster.JSON);
  }

  @Test
  void theSystemPromptDecidesWhatATextAloneDoesNotSay() {
    String text = "The committee met on Monday.";
    assertThat(guess(text).cluster()).isNotEqualTo(TaskCluster.TRANSLATE);
    assertThat(guess("You translate what the user writes.", text, Set.of()).cluster())
        .isEqualTo(TaskCluster.TRANSLATE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Summarise this article:\n%s",
        "%s\nSummarise the article above in two sentences.",
      })
  void theInstructionIsFoundBeforeAndBehindALongText(String prompt) {
    String article = "The river rose again on Tuesday and the lower town was flooded. ".repeat(30);
    assertThat(guess(prompt.replace("%s", article)).cluster()).isEqualTo(TaskCluster.SUMMARISE);
  }

  @Test
  void aShortMessageThatContinuesAConversationHasTheTaskOfItsBeginning() {
    PromptOutline outline =
        new PromptOutline(
            "",
            "Translate into German: Good morning",
            "And now this: Good night",
            new PrefixKeys(0, 0),
            0,
            2,
            Set.of(),
            Set.of());
    assertThat(TaskClassifier.classify(outline).cluster()).isEqualTo(TaskCluster.TRANSLATE);
  }

  @Test
  void nothingIsChatWithLittleConfidence() {
    TaskGuess guess = guess("");
    assertThat(guess.cluster()).isEqualTo(TaskCluster.CHAT);
    assertThat(guess.confidence()).isLessThan(SURE);
  }
}
