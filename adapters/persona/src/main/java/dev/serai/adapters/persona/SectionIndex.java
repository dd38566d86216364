package dev.serai.adapters.persona;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field.Store;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.index.NoMergeScheduler;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.DisjunctionMaxQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;

/**
 * A full-text index of sections, in memory. A stem of a question counts once for each section, in
 * the field where it scores best: heading, title, text or fenced code. The headings of reference
 * pages do not count: they are names that most questions contain. Thread-safe.
 */
final class SectionIndex {
  private static final Map<String, Float> FIELDS =
      Map.of("heading", 2.5f, "title", 1.2f, "text", 1f, "code", 0.4f);
  private static final float SAME_WORD = 0.6f;
  private static final float OTHER_FIELDS = 0.2f;
  private static final float SECONDARY = 0.6f;
  private static final float REFERENCE = 0.4f;
  private static final float DECISION = 0.25f;
  private static final float ASKED = 3f;
  private static final int RARE = 3;
  private static final float OPENING = 1.15f;
  private static final double WHOLE_HEADING = 0.6;

  /** How much more the beginning of a page counts if the question is the name of that page. */
  private static final float NAMED = 10f;

  private final List<Section> sections;
  private final List<Set<String>> stems;
  private final List<Set<String>> headings;
  private final List<Set<Set<String>>> names;
  private final int counted;
  private final Map<String, List<String>> sameWords;
  private final IndexSearcher searcher;

  /**
   * Builds the index.
   *
   * @param sameWords the stems that mean the same as a stem
   */
  SectionIndex(List<Section> sections, StemAnalyzer words, Map<String, List<String>> sameWords)
      throws IOException {
    this.sections = List.copyOf(sections);
    this.counted = (int) sections.stream().filter(s -> !s.isReference()).count();
    this.sameWords = sameWords;
    this.stems = new ArrayList<>(sections.size());
    this.headings = new ArrayList<>(sections.size());
    this.names = new ArrayList<>(sections.size());
    Directory directory = new ByteBuffersDirectory();
    try (IndexWriter writer = new IndexWriter(directory, oneSegment(words))) {
      for (Section section : sections) {
        writer.addDocument(document(section));
        stems.add(words.stems(fullText(section), Integer.MAX_VALUE));
        headings.add(words.stems(section.heading(), Integer.MAX_VALUE));
        names.add(namesOf(section, words));
      }
    }
    this.searcher = new IndexSearcher(DirectoryReader.open(directory));
  }

  private static Set<Set<String>> namesOf(Section section, StemAnalyzer words) {
    return Stream.of(section.page(), section.title())
        .map(name -> Set.copyOf(words.stems(name, Integer.MAX_VALUE)))
        .collect(Collectors.toSet());
  }

  private static String fullText(Section section) {
    return section.heading() + "\n" + section.title() + "\n" + section.text();
  }

  /**
   * A section that was found.
   *
   * @param coverage the share of the question that it contains, with rare words counting more; 0 to
   *     1
   */
  record Hit(Section section, float score, double coverage) {
    /** The value by which hits are ordered. */
    double weight() {
      return score * coverage * coverage;
    }
  }

  boolean isEmpty() {
    return sections.isEmpty();
  }

  List<Section> sections() {
    return sections;
  }

  /**
   * The example of the page of a section: in the section under the title, or, if that is the
   * section and it is short, in the next one that has one.
   */
  Optional<Section> exampleOf(Section section) {
    return sections.stream()
        .filter(each -> each.file().equals(section.file()))
        .filter(each -> isTitle(each) || isTitle(section) && section.isShort())
        .filter(Section::hasExample)
        .findFirst();
  }

  /** The sections that match the question, the best first. */
  List<Hit> search(Set<String> question, int max) {
    if (sections.isEmpty() || question.isEmpty()) {
      return List.of();
    }
    Map<String, Double> rarity = rarity(question);
    List<Hit> hits = new ArrayList<>();
    try {
      for (ScoreDoc doc : searcher.search(query(question), max * 3).scoreDocs) {
        hits.add(hit(rarity, doc));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    hits.sort(Comparator.comparingDouble(Hit::weight).reversed());
    putFirst(hits, question);
    return hits.subList(0, Math.min(max, hits.size()));
  }

  private Hit hit(Map<String, Double> rarity, ScoreDoc doc) {
    Section section = sections.get(doc.doc);
    float score = doc.score * documentWeight(section, doc.doc, rarity.keySet());
    double all = 0;
    double found = 0;
    for (Map.Entry<String, Double> stem : rarity.entrySet()) {
      all += stem.getValue();
      if (contains(stems.get(doc.doc), stem.getKey())) {
        found += stem.getValue();
      }
    }
    score *= (float) (1 + WHOLE_HEADING * headingShare(doc.doc, rarity.keySet()));
    return new Hit(section, score, all == 0 ? 0 : found / all);
  }

  /** Puts the beginning of a page first if the question is nothing but its name or its title. */
  private void putFirst(List<Hit> hits, Set<String> question) {
    for (int place = 0; place < sections.size(); place++) {
      Section section = sections.get(place);
      if (opens(place) && !section.isDecision() && names.get(place).contains(question)) {
        float score = hits.isEmpty() ? 1f : (float) (NAMED * hits.getFirst().weight());
        hits.removeIf(hit -> hit.section().equals(section));
        hits.addFirst(new Hit(section, score, 1));
        return;
      }
    }
  }

  /** Whether a page begins with this section. */
  private boolean opens(int place) {
    return place == 0 || !sections.get(place - 1).file().equals(sections.get(place).file());
  }

  /** The share of the words of a heading that the question contains. */
  private double headingShare(int place, Set<String> question) {
    Set<String> heading = headings.get(place);
    long asked = heading.stream().filter(question::contains).count();
    return heading.isEmpty() ? 0 : (double) asked / heading.size();
  }

  /**
   * Prefers the first sections of a document, which are general, to decisions, summaries, words and
   * references, and a page about a migration if the question names the other program.
   */
  private float documentWeight(Section section, int place, Set<String> question) {
    String other = section.migratesFrom();
    if (!other.isEmpty()) {
      return question.contains(other) ? ASKED : SECONDARY;
    }
    if (section.isSummary()) {
      return SECONDARY;
    }
    if (section.isDecision()) {
      return DECISION;
    }
    if (section.isReference() || section.isVocabulary()) {
      return REFERENCE;
    }
    boolean opens = place == 0 || !sections.get(place - 1).title().equals(section.title());
    boolean follows = place > 0 && isTitle(sections.get(place - 1));
    return opens && !isTitle(section) || follows ? OPENING : 1f;
  }

  private static boolean isTitle(Section section) {
    return section.heading().equals(section.title());
  }

  /**
   * The weight of each stem: 0 if it is in every section (the idf of BM25). A word in no section
   * counts like one in {@link #RARE} sections, so that one odd word does not outweigh the rest of a
   * question. Reference pages are not counted.
   */
  private Map<String, Double> rarity(Set<String> question) {
    Map<String, Double> rarity = new LinkedHashMap<>();
    for (String stem : question) {
      int with = Math.max(countOf(stem), Math.min(RARE, counted));
      rarity.put(stem, Math.log(1 + (counted - with + 0.5) / (with + 0.5)));
    }
    return rarity;
  }

  private int countOf(String stem) {
    int found = 0;
    for (int i = 0; i < stems.size(); i++) {
      if (!sections.get(i).isReference() && contains(stems.get(i), stem)) {
        found++;
      }
    }
    return found;
  }

  private boolean contains(Set<String> section, String stem) {
    if (section.contains(stem)) {
      return true;
    }
    for (String same : sameWords.getOrDefault(stem, List.of())) {
      if (section.contains(same)) {
        return true;
      }
    }
    return false;
  }

  private Query query(Set<String> question) {
    BooleanQuery.Builder all = new BooleanQuery.Builder();
    for (String stem : question) {
      Map<String, Float> forms = new LinkedHashMap<>();
      sameWords.getOrDefault(stem, List.of()).forEach(same -> forms.put(same, SAME_WORD));
      forms.put(stem, 1f);
      all.add(new DisjunctionMaxQuery(inEachField(forms), OTHER_FIELDS), Occur.SHOULD);
    }
    return all.build();
  }

  private static List<Query> inEachField(Map<String, Float> forms) {
    List<Query> either = new ArrayList<>();
    forms.forEach(
        (form, share) ->
            FIELDS.forEach(
                (field, boost) ->
                    either.add(
                        new BoostQuery(new TermQuery(new Term(field, form)), share * boost))));
    return either;
  }

  /** Never merges segments, so that documents keep their numbers and no thread is started. */
  private static IndexWriterConfig oneSegment(StemAnalyzer words) {
    return new IndexWriterConfig(words)
        .setMergePolicy(NoMergePolicy.INSTANCE)
        .setMergeScheduler(NoMergeScheduler.INSTANCE)
        .setUseCompoundFile(false);
  }

  private static Document document(Section section) {
    Document document = new Document();
    String heading = section.isReference() ? "" : section.heading();
    document.add(new TextField("heading", StemAnalyzer.separated(heading), Store.NO));
    document.add(new TextField("title", StemAnalyzer.separated(section.title()), Store.NO));
    document.add(new TextField("text", StemAnalyzer.separated(section.text(false)), Store.NO));
    document.add(new TextField("code", StemAnalyzer.separated(section.text(true)), Store.NO));
    return document;
  }
}
