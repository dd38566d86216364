package dev.serai.adapters.persona;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads a persona, which reads its documents, when it is first needed. Thread-safe. */
final class PersonaLoader {
  private static final Logger LOG = LoggerFactory.getLogger(PersonaLoader.class);

  /**
   * Referenced so that its level stays set. Lucene warns that vector search would be slow, which is
   * not used here.
   */
  private static final java.util.logging.Logger VECTOR_LOGGER =
      java.util.logging.Logger.getLogger(
          "org.apache.lucene.internal.vectorization.VectorizationProvider");

  private final PersonaFile file;
  private final Path checkout;
  private final ReentrantLock building = new ReentrantLock();
  private volatile @Nullable Persona built;

  PersonaLoader(PersonaFile file, Path checkout) {
    this.file = file;
    this.checkout = checkout;
  }

  /** The persona. Waits if another thread is building it. */
  Persona get() {
    Persona ready = built;
    if (ready != null) {
      return ready;
    }
    building.lock();
    try {
      Persona earlier = built;
      Persona now = earlier == null ? build() : earlier;
      built = now;
      return now;
    } finally {
      building.unlock();
    }
  }

  private Persona build() {
    VECTOR_LOGGER.setLevel(java.util.logging.Level.SEVERE);
    try {
      StemAnalyzer words = new StemAnalyzer();
      return new Persona(new SectionIndex(sections(), words, stemmed(words)), file.introduction());
    } catch (IOException e) {
      throw new IllegalStateException("cannot build the index of persona " + file.name(), e);
    }
  }

  private List<Section> sections() {
    try {
      List<Section> sections = DocumentFolder.read(checkout, file.sources());
      if (sections.isEmpty()) {
        LOG.warn("persona {}: no documents found", file.name());
      }
      return sections;
    } catch (IOException e) {
      LOG.warn("persona {}: cannot read its documents", file.name(), e);
      return List.of();
    }
  }

  /** The stems that mean the same as each stem. */
  private Map<String, List<String>> stemmed(StemAnalyzer words) {
    Map<String, List<String>> same = new LinkedHashMap<>();
    for (String group : file.sameWords()) {
      List<String> stems = List.copyOf(words.stems(group, Integer.MAX_VALUE));
      for (String stem : stems) {
        same.computeIfAbsent(stem, _ -> new ArrayList<>()).addAll(stems);
      }
    }
    return same;
  }
}
