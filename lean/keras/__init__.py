"""Stands in for Keras, which Rasa imports by this name as well as by `tensorflow.keras`."""

from tensorflow._stand_in import fill

fill(__name__)
