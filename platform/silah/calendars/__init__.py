"""The association's calendar: its holidays year by year, and the dates of open cases reckoned anew when they change."""
