package dev.serai.adapters.persona;

import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.Role;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.Usage;
import dev.serai.core.problem.CallerProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedSet;
import java.util.TreeSet;

/**
 * Answers questions from a set of documents by quoting what fits best, sources named. It makes
 * nothing up: where the documents say nothing, it says so. The same question gets the same answer.
 * Thread-safe.
 */
public final class Persona {
  private static final int MAX_QUESTION = 4_000;
  private static final int MAX_STEMS = 64;
  private static final int MAX_SECTIONS = 3;
  private static final int CHARACTERS_PER_TOKEN = 4;
  private static final double KNOWN = 0.5;
  private static final double NEARLY_AS_GOOD = 0.7;

  private final StemAnalyzer words = new StemAnalyzer();
  private final SectionIndex index;
  private final TableDefinitions definitions;
  private final String introduction;

  Persona(SectionIndex index, String introduction) {
    this.index = index;
    this.definitions = new TableDefinitions(index.sections(), words);
    this.introduction = introduction;
  }

  /**
   * An answer.
   *
   * @param sources the sections it quotes, best first; empty if the documents do not say
   * @param usage an estimate, at four characters a token
   * @param finish STOP, or LENGTH where the caller's maximum cut the text
   */
  public record Answer(String text, List<Source> sources, Usage usage, FinishReason finish) {
    public Answer {
      sources = List.copyOf(sources);
    }
  }

  /**
   * Where something is written.
   *
   * @param file relative to Serai's folder
   * @param heading of the section
   */
  public record Source(String file, String heading) {}

  /**
   * Answers the last thing the user said. Takes milliseconds; does not block.
   *
   * @throws CallerProblem 400 if no message of the user holds text
   */
  public Answer answer(Conversation conversation) {
    String question = question(conversation);
    SequencedSet<String> stems = words.stems(question, MAX_STEMS);
    QuotationBuilder quotation = quotation(question, stems);
    if (quotation.isEmpty()) {
      return limited(withoutAnswer(stems.isEmpty()), List.of(), conversation);
    }
    return limited(quotation.text(), quotation.sources(), conversation);
  }

  private QuotationBuilder quotation(String question, SequencedSet<String> stems) {
    QuotationBuilder quotation = new QuotationBuilder(new ExcerptSelector(words, stems));
    definitions.find(question, stems).ifPresent(quotation::define);
    worthQuoting(index.search(stems, MAX_SECTIONS)).forEach(hit -> quotation.add(hit.section()));
    return quotation;
  }

  private static String question(Conversation conversation) {
    for (Message message : conversation.messages().reversed()) {
      StringBuilder said = new StringBuilder();
      for (Part part : message.role() == Role.USER ? message.parts() : List.<Part>of()) {
        if (part instanceof TextPart text) {
          said.append(text.text()).append('\n');
        }
      }
      if (!said.isEmpty()) {
        return said.substring(0, Math.min(MAX_QUESTION, said.length()));
      }
    }
    throw CallerProblem.invalid("messages", "There is no question: no user message holds text.");
  }

  private static List<SectionIndex.Hit> worthQuoting(List<SectionIndex.Hit> hits) {
    if (hits.isEmpty() || hits.getFirst().coverage() < KNOWN) {
      return List.of();
    }
    List<SectionIndex.Hit> kept = new ArrayList<>();
    for (SectionIndex.Hit hit : hits) {
      if (hit.weight() >= NEARLY_AS_GOOD * hits.getFirst().weight()) {
        kept.add(hit);
      }
    }
    return kept;
  }

  private String withoutAnswer(boolean nothingAsked) {
    if (index.isEmpty()) {
      return introduction + " But the documentation is not installed here, so I cannot answer.";
    }
    TreeSet<String> topics = new TreeSet<>();
    for (Section section : index.sections()) {
      if (!section.isDecision()) {
        topics.add(section.title() + " (" + section.file() + ")");
      }
    }
    String opening =
        nothingAsked ? introduction : "The documentation says nothing about that. " + introduction;
    return opening + " I can answer questions about:\n\n- " + String.join("\n- ", topics);
  }

  private static Answer limited(String text, List<Source> sources, Conversation conversation) {
    int most = conversation.sampling().maxTokens().orElse(Integer.MAX_VALUE / CHARACTERS_PER_TOKEN);
    boolean cut = text.length() > (long) most * CHARACTERS_PER_TOKEN;
    String told = cut ? text.substring(0, most * CHARACTERS_PER_TOKEN) : text;
    FinishReason finish =
        cut
            ? new FinishReason(FinishReason.Kind.LENGTH, "length")
            : new FinishReason(FinishReason.Kind.STOP, "stop");
    return new Answer(told, sources, usage(conversation, told), finish);
  }

  private static Usage usage(Conversation conversation, String told) {
    long characters = 0;
    for (Message message : conversation.messages()) {
      for (Part part : message.parts()) {
        characters += part instanceof TextPart text ? text.text().length() : 0;
      }
    }
    return Usage.of(tokens(characters), tokens(told.length()));
  }

  private static long tokens(long characters) {
    return (characters + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN;
  }
}
