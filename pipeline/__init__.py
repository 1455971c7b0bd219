"""vanban: reads official Vietnamese documents and says who must do what, with which figures, on which legal ground."""

__version__ = "0.1.0"
