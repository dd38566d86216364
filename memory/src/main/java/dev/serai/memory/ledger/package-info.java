/** The ledger of usage: a journal that event loops write, a thread that brings it to a database. */
@NullMarked
package dev.serai.memory.ledger;

import org.jspecify.annotations.NullMarked;
