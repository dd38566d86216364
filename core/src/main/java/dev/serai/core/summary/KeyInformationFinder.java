package dev.serai.core.summary;

import dev.serai.core.session.SessionMessage;
import dev.serai.core.session.SessionMessage.Content;
import dev.serai.core.session.SessionMessage.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the key information of messages without a model, and adds it to what was found before. Of
 * too many statements the ones with the lowest score are left out, of the same score the oldest,
 * and those of the user stay before those of others. The same messages always give the same result.
 * Pure.
 */
public final class KeyInformationFinder {
  private static final Pattern END = Pattern.compile("(?<=[.!?…])\\s|(?<=[。！？])|\\n");
  private static final Pattern WORD = Pattern.compile("\\p{L}{4,}");
  private static final int MAX_SENTENCES = 2000;
  private static final int MAX_TOPICS = 8;
  private static final int FEWEST_TIMES = 3;
  private static final int ENTITY_SHARE = 6;
  private static final int OTHERS_SHARE = 3;
  private static final Set<String> COMMON =
      Set.of(
          ("that this with have from they will would there their what about which when your were"
                  + " been more some could other than then them these into only also just like over"
                  + " such after most made should because does where each much well very here"
                  + " thanks thank please sure okay yes know think want need good great make going")
              .split(" "));

  private KeyInformationFinder() {}

  /**
   * The key information of messages and of those before them.
   *
   * @param maxTokens about the most that its text has
   */
  public static KeyInformation find(
      KeyInformation before, List<SessionMessage> messages, int maxTokens) {
    Map<String, Statement> said = new LinkedHashMap<>();
    for (List<String> part :
        List.of(before.decisions(), before.actionItems(), before.keyPoints())) {
      part.forEach(text -> add(said, Statement.of(text)));
    }
    Set<String> names = new LinkedHashSet<>(before.entities());
    Map<String, Integer> words = new HashMap<>();
    before.topics().forEach(topic -> words.put(topic, FEWEST_TIMES));
    for (SessionMessage message : messages) {
      Content content = message.content();
      if (content.type() == Type.TEXT || content.type() == Type.TOOL_RESULT) {
        sentences(content.text()).forEach(each -> take(said, names, content, each));
        count(words, content);
      }
    }
    int entityTokens = maxTokens / ENTITY_SHARE;
    List<Statement> kept = best(said.values(), maxTokens - entityTokens);
    return new KeyInformation(
        topics(words),
        texts(kept, Statement.Kind.KEY_POINT),
        texts(kept, Statement.Kind.DECISION),
        texts(kept, Statement.Kind.ACTION_ITEM),
        newest(names, entityTokens));
  }

  private static List<String> sentences(String text) {
    List<String> found = new ArrayList<>();
    for (String each : END.split(text, MAX_SENTENCES)) {
      String sentence = each.strip();
      if (!sentence.isEmpty()) {
        found.add(sentence);
      }
    }
    return found;
  }

  private static void take(
      Map<String, Statement> said, Set<String> names, Content content, String sentence) {
    Statement statement = Statement.of(content.role().label(), sentence);
    if (statement.score() >= Statement.ENOUGH) {
      add(said, statement);
      if (content.role() != SessionMessage.Role.TOOL) {
        names.addAll(Names.in(statement.text().substring(content.role().label().length() + 2)));
      }
    }
  }

  /** What is said again is said now. */
  private static void add(Map<String, Statement> said, Statement statement) {
    String same = statement.text().toLowerCase(Locale.ROOT);
    said.remove(same);
    said.put(same, statement);
  }

  private static void count(Map<String, Integer> words, Content content) {
    if (content.type() == Type.TEXT) {
      Matcher word = WORD.matcher(content.text().toLowerCase(Locale.ROOT));
      while (word.find()) {
        if (!COMMON.contains(word.group())) {
          words.merge(word.group(), 1, Integer::sum);
        }
      }
    }
  }

  private static List<String> topics(Map<String, Integer> words) {
    return words.entrySet().stream()
        .filter(word -> word.getValue() >= FEWEST_TIMES)
        .sorted(
            Comparator.comparing(Map.Entry<String, Integer>::getValue)
                .reversed()
                .thenComparing(Map.Entry::getKey))
        .limit(MAX_TOPICS)
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * The statements that are kept, in their order. Those of the user come first; others have what
   * these leave, and a third of the room at least.
   */
  private static List<Statement> best(Collection<Statement> said, long maxTokens) {
    List<Statement> users = said.stream().filter(Statement::ofUser).toList();
    List<Statement> others = said.stream().filter(one -> !one.ofUser()).toList();
    long forOthers = Math.min(tokens(others), maxTokens / OTHERS_SHARE);
    Set<Statement> kept = within(users, maxTokens - forOthers);
    kept.addAll(within(others, maxTokens - tokens(kept)));
    return said.stream().filter(kept::contains).toList();
  }

  private static long tokens(Collection<Statement> statements) {
    return statements.stream().mapToLong(Statement::tokens).sum();
  }

  private static Set<Statement> within(List<Statement> said, long maxTokens) {
    List<Statement> byScore = new ArrayList<>(said.reversed());
    byScore.sort(Comparator.comparingInt(Statement::score).reversed());
    Set<Statement> kept = new HashSet<>();
    long left = maxTokens;
    for (Statement each : byScore) {
      if (each.tokens() <= left) {
        left -= each.tokens();
        kept.add(each);
      }
    }
    return kept;
  }

  private static List<String> texts(List<Statement> statements, Statement.Kind kind) {
    return statements.stream().filter(one -> one.kind() == kind).map(Statement::text).toList();
  }

  /** The latest names that are within so many tokens, in their order. */
  private static List<String> newest(Set<String> names, long maxTokens) {
    List<String> all = List.copyOf(names);
    int first = all.size();
    long left = maxTokens;
    while (first > 0) {
      left -= 1 + SessionSummary.tokens(all.get(first - 1));
      if (left < 0) {
        break;
      }
      first--;
    }
    return all.subList(first, all.size());
  }
}
