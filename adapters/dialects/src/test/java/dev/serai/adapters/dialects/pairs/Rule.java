package dev.serai.adapters.dialects.pairs;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What goes wrong between dialects, and so must be shown to go right between every client and every
 * provider that it touches. {@link RulesTest} holds that none is forgotten.
 */
enum Rule {
  /** A tool call is counted among the calls, not among the blocks, from one event to the next. */
  CALLS_ARE_COUNTED_FROM_ZERO(pair -> true, Side.RESPONSE, Side.STREAM),

  /** Every call has a state of its own, and every block is closed. */
  INTERLEAVED_ARGUMENTS_STAY_APART(pair -> interleaves(pair)),

  /** No arguments are an empty object; a call cut by the limit is sent, with the reason. */
  EMPTY_AND_CUT_CALLS_ARE_CALLS(pair -> true, Side.RESPONSE, Side.STREAM),

  /** Tools are declared, results are one turn, a failure stays one, and there is no "none". */
  BEDROCK_IS_TOLD_OF_TOOLS(pair -> to(pair, "bedrock")),

  /** Empty texts are not blocks; a response of tool calls alone is not a failure. */
  EMPTY_TEXTS_ARE_NOT_SENT(pair -> to(pair, "anthropic", "bedrock")),

  /** Instructions keep their order and marks wherever they stand. */
  INSTRUCTIONS_ARE_HOISTED(pair -> true),

  /** Reasoning returns byte by byte with its signature, and only to its own provider. */
  THOUGHTS_GO_HOME(pair -> true),

  /** A forced tool silences thinking; too small a budget is the caller's fault. */
  FORCED_TOOLS_AND_THINKING(pair -> to(pair, "anthropic", "bedrock") && forces(pair)),

  /** Signatures of calls and {@code reasoning_content} come back to those who want them. */
  STATE_OF_CALLS_COMES_BACK(pair -> pair.goesTo(Set.of("gemini", "openai"))),

  /** Gemini's schemas lack words. */
  SCHEMAS_ARE_FITTED(pair -> to(pair, "gemini")),

  /** Cache marks stand in four places, at most four of them, some with a time. */
  CACHE_MARKS_ARE_KEPT(pair -> pair.client() == Client.ANTHROPIC),

  /** Every token is counted once. */
  TOKENS_ARE_COUNTED_ONCE(pair -> true, Side.RESPONSE, Side.STREAM),

  /** The provider is always asked for usage, the client told if it asked. */
  USAGE_IS_TOLD_TO_WHO_ASKED(
      pair -> pair.client() == Client.OPENAI || pair.goesTo(Set.of("openai"))),

  /** No reason to stop becomes another one's. */
  REASONS_TO_STOP_KEEP_THEIR_MEANING(pair -> true, Side.RESPONSE, Side.STREAM),

  /** A stream without its last event is an error. */
  A_BROKEN_STREAM_IS_AN_ERROR(pair -> true),

  /** A schema of the answer is said in every dialect; its answer is text, and ends as text does. */
  STRUCTURED_OUTPUT_IS_TEXT(pair -> true, Side.REQUEST, Side.RESPONSE, Side.STREAM),

  /** Images and documents, at an address or in the request. */
  MEDIA_ARRIVE_OR_ARE_REFUSED(pair -> true),

  /** Names of tools, ids of calls, the user, stop sequences and limits of tokens. */
  LIMITS_OF_VENDORS_HOLD(pair -> !pair.same() && pair.client() != Client.OLLAMA),

  /** The limit has a name in every dialect; what a provider has not is reported. */
  LIMITS_AND_WHAT_IS_MISSING(pair -> true),

  /** An error is the same error to the client. */
  ERRORS_STAY_THE_SAME_ERRORS(pair -> true),

  /** No choice without tools; arguments are text here and an object there, and never fatal. */
  TOOL_CHOICE_AND_ARGUMENTS(pair -> true),

  /** Each candidate gets what the caller said. */
  THE_ORIGINAL_IS_TRANSLATED(pair -> true),

  /** Lines, comments and characters may be cut anywhere. */
  STREAMS_MAY_BE_CUT_ANYWHERE(pair -> true);

  /** What of a call a rule is about. */
  enum Side {
    REQUEST,
    RESPONSE,
    STREAM
  }

  private final Predicate<Pair> touches;
  private final Set<Side> sides;

  /**
   * @param sides each of which it must be shown for; none if it is about one thing alone
   */
  Rule(Predicate<Pair> touches, Side... sides) {
    this.touches = touches;
    this.sides = Set.of(sides);
  }

  /** What it must be shown for, each by itself. */
  Set<Side> sides() {
    return sides;
  }

  /** The names of the pairs that it must be shown for. */
  List<String> pairs() {
    return Pair.all().filter(touches).map(Pair::name).toList();
  }

  /** To one of these, by translation. */
  private static boolean to(Pair pair, String... dialects) {
    return pair.goesTo(Set.of(dialects)) && !pair.same();
  }

  /** Those that tell a call whole have nothing to interleave. */
  private static boolean interleaves(Pair pair) {
    return !pair.goesTo(Set.of("gemini", "ollama"));
  }

  /** Ollama's clients cannot force a tool. */
  private static boolean forces(Pair pair) {
    return pair.client() != Client.OLLAMA;
  }
}
