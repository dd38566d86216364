/**
 * Sessions: conversations that the gateway stores, with what belongs to them. The store is in
 * {@code memory}, the steps are in {@code processors/sessions}.
 */
@NullMarked
package dev.serai.core.session;

import org.jspecify.annotations.NullMarked;
