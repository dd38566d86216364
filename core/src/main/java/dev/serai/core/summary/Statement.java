package dev.serai.core.summary;

import dev.serai.core.session.SessionMessage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A sentence of a conversation with who said it, and how likely it is to matter. The words are
 * English; numbers, dates, codes and names count in every language that marks them alike. Pure.
 */
record Statement(String text, Kind kind, int score) {
  /** The lowest score of a statement that is kept. */
  static final int ENOUGH = 4;

  private static final int MAX_CHARACTERS = 240;
  private static final int FEWEST_WORDS = 3;
  private static final Pattern DECISION =
      words(
          "decid(e|es|ed)|decision|agreed?|settled on|(we|i|let's) (go|went|going)"
              + " (with|for)|(we|i) (chose|choose|picked|pick)|will"
              + " (use|take|go)|final(ly|ized|ised)|approved?|signed off|ruled out|instead"
              + " of|confirmed?");
  private static final Pattern ACTION =
      words(
          "to-?do|need(s|ed)? to|must|have to|has to|remind(er)?|deadline|due|by"
              + " (monday|tuesday|wednesday|thursday|friday|saturday|sunday|tomorrow|tonight|the"
              + " end)|don't forget|do not forget|make sure|follow up|action item|should"
              + " (send|call|write|book|order|check|update|pay)|i('ll| will)"
              + " (send|call|write|book|order|check|update|pay|get back)");
  private static final Pattern PREFERENCE =
      words(
          "prefer(s|red)?|favou?rite|i (like|love|hate|dislike|enjoy|avoid|want|use|work|live|have"
              + "|am|was|always|never|usually|can't|cannot|don't|speak|drive|play)|i'm|i've|allergic|allergy|vegetarian|vegan|my|our|call"
              + " me|means? that|turns out|remember|important|note that|for the record");
  private static final Pattern DIGITS = Pattern.compile("\\p{Nd}");
  private static final Pattern DATE =
      words(
          "(january|february|march|april|may|june|july|august|september|october|november|december)"
              + " \\d{1,4}|\\d{1,2} (january|february|march|april|may|june|july|august|september"
              + "|october|november|december)|\\d{4}-\\d\\d-\\d\\d|\\d{1,2}:\\d\\d|monday|tuesday"
              + "|wednesday|thursday|friday|saturday|sunday");
  private static final Pattern AMOUNT =
      Pattern.compile(
          "[$€£¥%]|\\b(euros?|dollars?|pounds?|percent|usd|eur|gbp|km|kg|hours?|minutes?|people)\\b",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern QUESTION = Pattern.compile("[?？]\\s*$");
  private static final String USER = SessionMessage.Role.USER.label();
  private static final int OF_USER = 6;
  private static final int STRONG = 5;
  private static final int MIDDLE = 3;
  private static final int WEAK = 2;

  /** Where it is listed. */
  enum Kind {
    KEY_POINT,
    DECISION,
    ACTION_ITEM
  }

  private static Pattern words(String alternatives) {
    return Pattern.compile("\\b(" + alternatives + ")\\b", Pattern.CASE_INSENSITIVE);
  }

  /** The statement of a sentence; the text is cut if it is long. */
  static Statement of(String speaker, String sentence) {
    return of(speaker + ": " + cut(sentence.strip().replaceAll("\\s+", " ")));
  }

  /** The statement of a text that has who said it in front. */
  static Statement of(String text) {
    int colon = text.indexOf(": ");
    String speaker = colon < 0 ? "" : text.substring(0, colon);
    String sentence = colon < 0 ? text : text.substring(colon + 2);
    boolean decision = DECISION.matcher(sentence).find();
    boolean action = ACTION.matcher(sentence).find();
    boolean user = speaker.equals(USER);
    int score = facts(sentence) + (user ? OF_USER : 0);
    if (decision || action) {
      score += user ? STRONG : WEAK; // advice of a model has such words, too
    }
    if (PREFERENCE.matcher(sentence).find()) {
      score += user ? STRONG : WEAK;
    }
    if (QUESTION.matcher(sentence).find()) {
      score -= OF_USER;
    }
    if (sentence.split(" ").length < FEWEST_WORDS) {
      score -= MIDDLE;
    }
    Kind kind = decision ? Kind.DECISION : action ? Kind.ACTION_ITEM : Kind.KEY_POINT;
    return new Statement(text, kind, score);
  }

  private static int facts(String sentence) {
    int score = Names.in(sentence).isEmpty() ? 0 : MIDDLE;
    score += DIGITS.matcher(sentence).find() ? MIDDLE : 0;
    score += DATE.matcher(sentence).find() ? WEAK : 0;
    return score + (AMOUNT.matcher(sentence).find() ? WEAK : 0);
  }

  private static String cut(String text) {
    if (text.length() <= MAX_CHARACTERS) {
      return text;
    }
    Matcher end = Pattern.compile("\\s\\S*$").matcher(text.substring(0, MAX_CHARACTERS));
    boolean surrogate = Character.isHighSurrogate(text.charAt(MAX_CHARACTERS - 1));
    int length = end.find() ? end.start() : MAX_CHARACTERS - (surrogate ? 1 : 0);
    return text.substring(0, length) + " ...";
  }

  /** Whether the user has said it. */
  boolean ofUser() {
    return text.startsWith(USER + ": ");
  }

  /** About how many tokens it takes in a summary. */
  long tokens() {
    return 1 + SessionSummary.tokens(text);
  }
}
