package dev.serai.adapters.persona;

import dev.serai.core.chat.Conversation;
import dev.serai.core.chat.Conversation.Message;
import dev.serai.core.chat.Conversation.Part;
import dev.serai.core.chat.Conversation.Role;
import dev.serai.core.chat.Conversation.TextPart;
import dev.serai.core.chat.FinishReason;
import dev.serai.core.chat.Usage;
import dev.serai.core.problem.CallerProblem;
import dev.serai.core.usage.RoughTokens;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Responds to questions by quoting the sections of a set of documents that match best, with their
 * sources. If the documents have no match, it says so. The same question always gets the same text.
 * Thread-safe.
 */
final class Persona {
  private static final int MAX_QUESTION = 4_000;
  private static final int MAX_STEMS = 64;
  private static final int MAX_SECTIONS = 3;
  private static final double MIN_COVERAGE = 0.5;
  private static final double MIN_SHARE_OF_BEST = 0.7;
  private static final Pattern HOW_TO =
      Pattern.compile("how (do|can|to|must|should)\\b", Pattern.CASE_INSENSITIVE);
  private static final Pattern LOG_IN =
      Pattern.compile("\\b(log|sign)(ged|ging)? in\\b", Pattern.CASE_INSENSITIVE);

  private final StemAnalyzer analyzer = new StemAnalyzer();
  private final SectionIndex index;
  private final TableDefinitions definitions;
  private final String introduction;

  Persona(SectionIndex index, String introduction) {
    this.index = index;
    this.definitions = new TableDefinitions(index.sections(), analyzer);
    this.introduction = introduction;
  }

  /**
   * The response to a question.
   *
   * @param sources the quoted sections, best first; empty if no document matches
   * @param usage an estimate, at four characters a token
   * @param finish STOP, or LENGTH if the client's maximum cut the text
   */
  public record Response(String text, List<Source> sources, Usage usage, FinishReason finish) {
    public Response {
      sources = List.copyOf(sources);
    }
  }

  /**
   * The source of a quote.
   *
   * @param file relative to Serai's folder
   * @param heading of the section
   */
  public record Source(String file, String heading) {}

  /**
   * Responds to the last message of the user. Takes milliseconds; does not block.
   *
   * @throws CallerProblem 400 if no message of the user contains text
   */
  public Response respond(Conversation conversation) {
    String question = question(conversation);
    String words = LOG_IN.matcher(question).replaceAll("login");
    SequencedSet<String> stems = analyzer.stems(words, MAX_STEMS);
    QuotationBuilder quotation = quotation(question, stems);
    if (quotation.isEmpty()) {
      return limited(listOfTopics(stems.isEmpty()), List.of(), conversation);
    }
    return limited(quotation.text(), quotation.sources(), conversation);
  }

  private QuotationBuilder quotation(String question, SequencedSet<String> stems) {
    QuotationBuilder quotation = new QuotationBuilder(new ExcerptSelector(analyzer, stems));
    definitions.find(question, stems).ifPresent(quotation::define);
    List<SectionIndex.Hit> hits = worthQuoting(index.search(stems, MAX_SECTIONS));
    if (HOW_TO.matcher(question.strip()).lookingAt() && !hits.isEmpty()) {
      example(hits.getFirst().section()).ifPresent(quotation::add);
    }
    hits.forEach(hit -> quotation.add(hit.section()));
    return quotation;
  }

  /** A question of how to do something is answered with the example of the page first. */
  private Optional<Section> example(Section best) {
    boolean explains = !best.hasExample() && !best.isDecision() && !best.isReference();
    return explains ? index.exampleOf(best) : Optional.empty();
  }

  private static String question(Conversation conversation) {
    for (Message message : conversation.messages().reversed()) {
      StringBuilder question = new StringBuilder();
      for (Part part : message.role() == Role.USER ? message.parts() : List.<Part>of()) {
        if (part instanceof TextPart text) {
          question.append(text.text()).append('\n');
        }
      }
      if (!question.isEmpty()) {
        return question.substring(0, Math.min(MAX_QUESTION, question.length()));
      }
    }
    throw CallerProblem.invalid("messages", "There is no question: no user message contains text.");
  }

  private static List<SectionIndex.Hit> worthQuoting(List<SectionIndex.Hit> hits) {
    if (hits.isEmpty() || hits.getFirst().coverage() < MIN_COVERAGE) {
      return List.of();
    }
    List<SectionIndex.Hit> good = new ArrayList<>();
    for (SectionIndex.Hit hit : hits) {
      if (hit.weight() >= MIN_SHARE_OF_BEST * hits.getFirst().weight()) {
        good.add(hit);
      }
    }
    return good;
  }

  private String listOfTopics(boolean noWords) {
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
        noWords ? introduction : "The documentation says nothing about that. " + introduction;
    return opening + " I can answer questions about:\n\n- " + String.join("\n- ", topics);
  }

  private static Response limited(String text, List<Source> sources, Conversation conversation) {
    int max = conversation.sampling().maxTokens().orElse(Integer.MAX_VALUE / RoughTokens.SIZE);
    boolean cut = text.length() > (long) max * RoughTokens.SIZE;
    String shown = cut ? text.substring(0, max * RoughTokens.SIZE) : text;
    FinishReason finish =
        cut
            ? new FinishReason(FinishReason.Kind.LENGTH, "length")
            : new FinishReason(FinishReason.Kind.STOP, "stop");
    return new Response(shown, sources, usage(conversation, shown), finish);
  }

  private static Usage usage(Conversation conversation, String shown) {
    long characters = 0;
    for (Message message : conversation.messages()) {
      for (Part part : message.parts()) {
        characters += part instanceof TextPart text ? text.text().length() : 0;
      }
    }
    return Usage.of(RoughTokens.roundedUp(characters), RoughTokens.roundedUp(shown.length()));
  }
}
