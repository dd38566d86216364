/** What a provider says about the text of a response: its sources and its log probabilities. */
@NullMarked
package dev.serai.core.chat.detail;

import org.jspecify.annotations.NullMarked;
