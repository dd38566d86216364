package dev.serai.core.cache.meaning;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which prompts may ask for the same. */
class PromptSignatureTest {
  private static boolean agree(String one, String other) {
    PromptSignature first = PromptSignature.of(one).orElseThrow();
    PromptSignature second = PromptSignature.of(other).orElseThrow();
    boolean agree = first.agreesWith(second);
    assertThat(second.agreesWith(first)).isEqualTo(agree);
    assertThat(first.agreesWith(first)).isTrue();
    return agree;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "What is the capital of France?          | what's France's capital",
        "How do I reset my router?               | Please tell me how to reset my router.",
        "How can I delete a file on Linux?       | On Linux, how do I remove a file?",
        "Could you explain recursion to me?      | What is recursion?",
        "Today, what is open?                    | What is open today?",
        "Next week, is it open?                  | Is it open next week?",
        "How do I make a backup of my photos?    | How to create a backup of my pictures?",
        "Where can I park a car near the shop?    | Where may I park an automobile near the store?",
        "What does idempotent mean?              | Define idempotent.",
        "When does the shop close?               | At what time does the store shut?",
        "I don't know how to boil two eggs       | I do not know how to boil 2 eggs",
        "Can you tell me who wrote Dune?         | Who wrote Dune?",
        "WHAT IS THE SPEED OF LIGHT              | WHAT IS THE SPEED OF LIGHT, PLEASE?"
      })
  void theSameInOtherWordsAgrees(String one, String other) {
    assertThat(agree(one, other)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "What happened in 2019?                    | What happened in 2020?",
        "Who works for Ann?                        | Who works with Ann?",
        "Remind me at 5                            | Remind me in 5",
        "Is Rex a dog?                             | Has Rex a dog?",
        "Is tea or milk allowed?                   | Is tea and milk allowed?",
        "What is 5 + 3?                            | What is 5 - 3?",
        "What is 1,500 times 2?                    | What is 15,00 times 2?",
        "Is a budget of $50 enough?                | Is a budget of €50 enough?",
        "How far is 10 km?                         | How far is 10 miles?",
        "How heavy is 3kg?                         | How heavy is 3lb?",
        "Who is Anna Berg?                         | Who is Anna Burg?",
        "Who are Anna and Ben?                     | Who is Anna?",
        "Is aspirin safe for dogs?                 | Is aspirin safe for cats?",
        "Is aspirin safe?                          | Isn't aspirin safe?",
        "Can I mix bleach and vinegar?             | Can I never mix bleach and vinegar?",
        "Can I eat this with milk?                 | Can I eat this without milk?",
        "Can I travel with a visa?                 | Must I travel with a visa?",
        "How do I enable logging?                  | How do I disable logging?",
        "Flights from Rome to Oslo                 | Flights from Oslo to Rome",
        "Flights to Oslo                           | Flights from Oslo",
        "Is Java faster than Go?                   | Is Go faster than Java?",
        "Does Ann owe Bob money?                   | Does Bob owe Ann money?",
        "Who did Alice call?                       | Who called Alice?",
        "Which vendors do hospitals pay?           | Which hospitals pay vendors?",
        "Which dogs do cats chase?                 | Which cats chase dogs?",
        "Which employees can managers fire?        | Which managers can fire employees?",
        "On Monday, which dogs do cats chase?      | Which cats chase dogs on Monday?",
        "In Bern, which dogs do cats chase?        | Which cats chase dogs in Bern?",
        "Dogs, cats chase                          | Cats chase dogs",
        "Who can I call?                           | Who can call me?",
        "Who do I call?                            | Who calls?",
        "Which employees can I fire?               | Which employees can fire me?",
        "What do I eat?                            | What eats me?",
        "What does it eat?                         | What eats it?",
        "Which dogs does it chase?                 | Which dogs chase it?",
        "Is this better than that?                 | Is that better than this?",
        "Does this hurt that?                      | Does that hurt this?",
        "Is vitamin A good for dogs?               | Is vitamin good for dogs?",
        "What is type A?                           | What is type I?",
        "Why did World War I begin?                | Why did World War begin?",
        "Where can I buy glasses?                  | Where can I buy glass?",
        "dog bites man                             | man bites dog",
        "Was Figma bought by Adobe?                | Was Adobe bought by Figma?",
        "Who is the president of France?           | Who was the president of France?",
        "Will it rain in Bern?                     | Did it rain in Bern?",
        "What is open today?                       | What is open tomorrow?",
        "Is it open before noon?                   | Is it open after noon?",
        "What is your name?                        | What is my name?",
        "What does getUser do?                     | What does getuser do?",
        "What does user_id hold?                   | What does user-id hold?",
        "Why did the build of 1.2.3 fail?          | Why did the build of 1.2.4 fail?",
        "Open https://a.example/x                  | Open https://a.example/y",
        "What is a unit in the US?                 | What is a unit in us?",
        "Where is the nearest bank?                | When is the nearest bank open?",
        "Which is the best phone?                  | Which is the worst phone?",
        "Wie komme ich von Bern nach Genf?         | Wie komme ich von Genf nach Bern?",
        "Ist das nicht erlaubt?                    | Ist das erlaubt?",
        "明日は晴れますか                            | 今日は晴れますか"
      })
  void anotherQuestionInNearlyTheSameWordsDoesNotAgree(String one, String other) {
    assertThat(agree(one, other)).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "What is the plural of dog?",
        "What is the plural of dogs?",
        "How do you say 'dogs' in German?",
        "How do you say dog in German?",
        "What is dog in German?",
        "Translate: a dog",
        "Translate a dog",
        "Translate to French: I need the dogs",
        "Count the words: please tell me",
        "Correct the grammar: He delete the file",
        "Print: b c a",
        "Label:a dog",
        "Rewrite I need the dogs",
        "Is he deletes the file correct?",
        "Summarise the dogs",
        "Which words rhyme with dogs?",
        "How many letters has a dog?",
        "How many a are in banana?",
        "Who wrote 'The Dogs'?",
        "Who wrote \"The Dogs\"?",
        "Who wrote \u2018The Dogs\u2019?",
        "Who wrote \u201cThe Dogs\u201d?",
        "Who wrote \u201eThe Dogs\u201c?",
        "Who wrote \u00abThe Dogs\u00bb?",
        "Who wrote \u300cThe Dogs\u300d?",
        "What does `ls a` do?",
        "Is this right?\nHe removes a file",
        "Is this right?\u2028He removes a file",
        "What is (2 + 3) * 4?",
        "What is 5!?",
        "What is 2 times .5?"
      })
  void aPromptAboutHowSomethingIsWrittenIsNotCompared(String prompt) {
    assertThat(PromptSignature.of(prompt)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Where's the dogs' food?",
        "Don\u2019t cats chase dogs?",
        "Is it open at 10:30?",
        "What is on https://a.example/x ?",
        "How much is 3.5 kg?"
      })
  void anApostropheATimeAndAnAddressAreCompared(String prompt) {
    assertThat(PromptSignature.of(prompt)).isPresent();
  }

  @Test
  void aLongPromptIsNotCompared() {
    assertThat(PromptSignature.of("door ".repeat(PromptSignature.MAX_CHARACTERS / 5))).isPresent();
    assertThat(PromptSignature.of("w".repeat(PromptSignature.MAX_CHARACTERS + 1))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "?", "please tell me", "what is it"})
  void aPromptWithoutAWordThatCountsIsNotCompared(String prompt) {
    assertThat(PromptSignature.of(prompt)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "İİİ HOW DO I İ?",
        "\"\"\"\"`'",
        "ing sing s es ies",
        "\uD83D\uDE00 \uD83D",
        "of of to"
      })
  void anyTextIsReadAndAgreesWithItself(String prompt) {
    assertThat(PromptSignature.of(prompt).map(one -> one.agreesWith(one)).orElse(true)).isTrue();
  }
}
