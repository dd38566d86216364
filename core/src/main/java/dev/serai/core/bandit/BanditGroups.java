package dev.serai.core.bandit;

import java.util.Map;

/** The bandits of a gateway by the names of their groups, for those who share them. Thread-safe. */
public interface BanditGroups {
  /** The bandits that are in use. One that was dropped and is used again is another one. */
  Map<String, Bandit> inUse();

  /** Makes a bandit, unless there is one of this name, or there are too many. */
  void open(String name);

  /** How the bandits choose and forget. */
  BanditRules rules();
}
