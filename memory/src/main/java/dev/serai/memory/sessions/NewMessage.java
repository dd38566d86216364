package dev.serai.memory.sessions;

import dev.serai.core.session.SessionMessage.Content;

/**
 * A message that is to be stored. It has its ID before the first try, so that a later one can see
 * whether it is there. Immutable.
 */
record NewMessage(String id, Content content) {}
