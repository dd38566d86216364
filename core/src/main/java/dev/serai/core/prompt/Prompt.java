package dev.serai.core.prompt;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A prompt that calls may name instead of sending its text. What it says is in its versions, which
 * never change; labels point to them. Immutable.
 *
 * @param id unique in the database; begins with {@link #ID}
 * @param tenant whose calls may use it
 * @param name unique in its tenant
 * @param archived whether calls are refused and versions cannot be added
 * @param lastVersion the highest number that a version has had; 0 without any
 * @param labels the number of the version that each label points to
 * @param created when it was stored
 * @param createdBy the key or the user that stored it; empty if that is unknown
 */
public record Prompt(
    String id,
    String tenant,
    String name,
    String description,
    boolean archived,
    int lastVersion,
    SortedMap<String, Integer> labels,
    Instant created,
    String createdBy) {
  /** What IDs begin with, and names do not. */
  public static final String ID = "prompt_";

  /** What IDs of prompts that OpenAI stores begin with, and names do not. */
  public static final String ID_OF_PROVIDER = "pmpt_";

  /** The label that points to the newest version by itself. */
  public static final String LATEST = "latest";

  /** The label of a call that names neither a label nor a version. */
  public static final String PRODUCTION = "production";

  /** Most labels of a prompt. */
  public static final int MAX_LABELS = 50;

  /** Most characters of a description and of a comment. */
  public static final int MAX_DESCRIPTION = 1_000;

  /** What a name is, for messages. */
  public static final String NAME_RULE =
      "must be 1 to 48 letters, digits and the characters . _ -, begin with a letter or a digit,"
          + " and not with "
          + ID
          + " or "
          + ID_OF_PROVIDER;

  /** What a label is, for messages. */
  public static final String LABEL_RULE =
      "must be 1 to 48 letters, digits and the characters . _ -, begin with a letter, and not be "
          + LATEST;

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,47}");
  private static final Pattern LABEL = Pattern.compile("[A-Za-z][A-Za-z0-9._-]{0,47}");

  public Prompt {
    labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
  }

  /** Whether a prompt may have that name. */
  public static boolean isName(String text) {
    return NAME.matcher(text).matches() && !text.startsWith(ID) && !text.startsWith(ID_OF_PROVIDER);
  }

  /** Whether a label may have that name. */
  public static boolean isLabel(String text) {
    return LABEL.matcher(text).matches() && !text.equals(LATEST);
  }

  /** The same with another description, in the archive or not. */
  public Prompt described(String text, boolean inArchive) {
    return new Prompt(id, tenant, name, text, inArchive, lastVersion, labels, created, createdBy);
  }

  /** The same with a label that points to that version. */
  public Prompt labelled(String label, int version) {
    TreeMap<String, Integer> moved = new TreeMap<>(labels);
    moved.put(label, version);
    return with(lastVersion, moved);
  }

  /** The same without a label. */
  public Prompt unlabelled(String label) {
    Map<String, Integer> left = new TreeMap<>(labels);
    left.remove(label);
    return with(lastVersion, new TreeMap<>(left));
  }

  /** The same after a version was added. */
  public Prompt grown() {
    return with(lastVersion + 1, labels);
  }

  private Prompt with(int last, SortedMap<String, Integer> pointing) {
    return new Prompt(id, tenant, name, description, archived, last, pointing, created, createdBy);
  }
}
