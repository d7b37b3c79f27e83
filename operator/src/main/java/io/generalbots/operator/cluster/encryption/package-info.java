/** What encrypts the data of a BotCluster at rest, and what is said of it. */
@NullMarked
package io.generalbots.operator.cluster.encryption;

import org.jspecify.annotations.NullMarked;
