package io.generalbots.operator.cluster.certificates;

/** What a source says when it is asked for a server certificate: an offer, or why there is none. */
sealed interface Answer permits Offer, Trouble {}
