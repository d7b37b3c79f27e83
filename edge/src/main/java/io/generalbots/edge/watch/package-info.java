/** Folders that change, and what is said in the log of what was found there. */
@NullMarked
package io.generalbots.edge.watch;

import org.jspecify.annotations.NullMarked;
