package dev.serai.memory.ledger;

import dev.serai.core.caller.Caller;
import dev.serai.core.caller.Identity;
import dev.serai.core.usage.UsageRecord;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Packs who made a call into an entry of the journal, and reads it. Pure. It packs on an event
 * loop.
 */
final class CallerCodec {
  private CallerCodec() {}

  /** Packs a caller without its tags, with names that are cut to so many characters. */
  static void write(EntryBuffer out, Caller caller, int cut) {
    out.text(caller.tenant(), cut);
    out.text(caller.key(), cut);
    out.text(caller.session(), cut);
    out.text(caller.taskType(), cut);
    out.text(caller.team(), cut);
    out.text(caller.user(), cut);
  }

  /** Packs tags that {@link #tags} chose. */
  static void write(EntryBuffer out, List<String> tags) {
    out.number(tags.size());
    for (String tag : tags) {
      out.text(tag, UsageRecord.MAX_TAG_LENGTH);
    }
  }

  /** The tags of a caller that are recorded, sorted. Those of its identity go first. */
  static List<String> tags(Caller caller) {
    return UsageRecord.tags(caller);
  }

  /** Reads a caller with its tags. */
  static Caller read(EntryBuffer in) {
    String tenant = in.text();
    String key = in.text();
    String session = in.text();
    String taskType = in.text();
    Identity identity = Identity.recorded(tenant, in.text(), in.text(), key);
    return new Caller(identity, session, taskType, readTags(in));
  }

  private static Set<String> readTags(EntryBuffer in) {
    int count = in.small();
    if (count == 0) {
      return Set.of();
    }
    Set<String> tags = new HashSet<>();
    for (int i = 0; i < count; i++) {
      tags.add(in.text());
    }
    return tags;
  }

  /** Reads a caller of an earlier version of Serai, which recorded no team, user and tags. */
  static Caller readFormer(EntryBuffer in) {
    return new Caller(in.text(), in.text(), in.text(), in.text());
  }
}
